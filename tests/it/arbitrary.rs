//! Arbitrary assessments, records and transactions, drawn from a string of bytes: shorter strings and smaller bytes
//! give smaller assessments, so that a failing case shrinks.

use std::sync::Arc;

use ascribe::edit::{self, Edit, Transaction};
use ascribe::model::*;
use jiff::Timestamp;
use proptest::prelude::*;

/// Any assessment, most of whose references resolve.
pub fn assessments() -> impl Strategy<Value = Assessment> {
    drawn(|draw| draw.assessment())
}

/// Any assessment and transactions that apply to it, one after the other.
pub fn histories() -> impl Strategy<Value = (Assessment, Vec<Transaction>)> {
    drawn(|draw| {
        let assessment = draw.assessment();
        let mut now = assessment.clone();
        let transactions = (0..draw.below(12))
            .map(|_| {
                let transaction = draw.transaction(&now);
                edit::apply_all(&mut now, transaction.edits.clone()).expect("drawn to apply");
                transaction
            })
            .collect();
        (assessment, transactions)
    })
}

pub fn drawn<T: std::fmt::Debug>(draw: impl Fn(&mut Draw<'_>) -> T) -> impl Strategy<Value = T> {
    proptest::collection::vec(any::<u8>(), 0..3000)
        .prop_map(move |bytes| draw(&mut Draw { bytes: &bytes, at: 0, own: None, is_sound: false }))
}

/// How many identifiers of each kind there are, so that references often resolve.
pub const IDENTIFIERS: usize = 6;

/// Bytes, and what is drawn from them.
pub struct Draw<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next identifier that is asked for: that of the record itself.
    own: Option<Uuid>,
    /// Whether numbers are probabilities.
    pub is_sound: bool,
}

impl Draw<'_> {
    /// The next byte; zero when there are no more.
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes.get(self.at - 1).copied().unwrap_or(0)
    }

    fn bits(&mut self) -> u64 {
        u64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }

    pub fn flag(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub fn maybe<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| draw(self))
    }

    fn some<T>(&mut self, mut draw: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| draw(self)).collect()
    }

    pub fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a",
            " ",
            "\"",
            "\\",
            "\n",
            "\r\n",
            "\t",
            "'",
            "国家安全部",
            "Ł",
            "e\u{301}",
            "🇨🇳",
            "\u{0}",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{202e}",
            "\u{200d}",
            "\u{feff}",
            "\u{fffd}",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "//",
            "/*",
            "*/",
            "r#\"",
            "\"#",
            "b'",
            "#",
            "#![enable(implicit_some)]",
            "Some(",
            "None",
            "NaN",
            "\u{10ffff}",
            "\u{e000}",
            "the JSSD's people",
        ];
        (0..self.below(6)).map(|_| self.one(PIECES)).collect()
    }

    pub fn number(&mut self) -> f64 {
        match self.below(4) {
            _ if self.is_sound => f64::from(self.byte()) / 255.0,
            0 => f64::from(self.byte()) / 255.0,
            1 => self.one(&[
                0.0,
                -0.0,
                1.0,
                f64::MIN_POSITIVE,
                f64::MAX,
                f64::INFINITY,
                f64::NEG_INFINITY,
                1e-320,
            ]),
            _ => Some(f64::from_bits(self.bits())).filter(|number| !number.is_nan()).unwrap_or(0.5),
        }
    }

    fn uuid(&mut self) -> Uuid {
        self.own.take().unwrap_or_else(|| Uuid::from_u128(self.below(IDENTIFIERS) as u128))
    }

    pub fn id<T>(&mut self) -> Id<T> {
        Id::new(self.uuid())
    }

    fn any_id(&mut self) -> AnyId {
        AnyId { kind: self.one(Kind::ALL), uuid: self.uuid() }
    }

    fn date(&mut self) -> PartialDate {
        let year = 1 + (self.bits() % 9999) as i16;
        let (month, day) = (1 + self.below(12) as i8, 1 + self.below(28) as i8);
        match self.below(3) {
            0 => PartialDate::year(year),
            1 => PartialDate::month(year, month),
            _ => PartialDate::day(year, month, day),
        }
        .expect("the calendar has it")
    }

    fn period(&mut self) -> Period {
        Period { from: self.maybe(Self::date), to: self.maybe(Self::date) }
    }

    pub fn moment(&mut self) -> Timestamp {
        let (min, max) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let second = if self.flag() { (self.bits() >> 32) as i64 } else { self.bits() as i64 };
        let nanosecond = if self.flag() { (self.bits() % 1_000_000_000) as i32 } else { 0 };
        Timestamp::new(min + 1 + second.rem_euclid(max - min - 1), nanosecond).expect("within bounds")
    }

    fn locator(&mut self) -> Locator {
        Locator {
            span: self.maybe(|draw| Span { start: draw.bits() as usize, end: draw.bits() as usize }),
            page: self.text(),
            paragraph: self.text(),
        }
    }

    fn grade_override(&mut self) -> GradeOverride {
        GradeOverride { reliability: self.one(Reliability::ALL), reason: self.text() }
    }

    pub fn header(&mut self) -> Header {
        let usual = Methods::default();
        Header {
            id: Uuid::from_u128(u128::from(self.bits()) << 64 | u128::from(self.bits())),
            title: self.text(),
            question: self.text(),
            marking: self.one(Tlp::ALL),
            standard: self.one(Standard::ALL),
            created: self.moment(),
            updated: self.moment(),
            methods: Methods {
                fusion: self.one(FusionRule::ALL),
                discount: self.one(TrustDiscount::ALL),
                reliability_trust: self.maybe(Self::numbers).unwrap_or(usual.reliability_trust),
                credibility_trust: self.maybe(Self::numbers).unwrap_or(usual.credibility_trust),
                confidence_trust: self.maybe(Self::numbers).unwrap_or(usual.confidence_trust),
                unstated_confidence_trust: self.number(),
                unhedged_probability: self.number(),
                unquantified_hedge: self.number(),
                rating_likelihoods: self.maybe(Self::numbers).unwrap_or(usual.rating_likelihoods),
                rating_points: self.maybe(Self::numbers).unwrap_or(usual.rating_points),
                grade_weights: self.maybe(Self::numbers).unwrap_or(usual.grade_weights),
                reliability_grades: std::array::from_fn(|_| self.one(Grade3::ALL)),
                credibility_grades: std::array::from_fn(|_| self.one(Grade3::ALL)),
                group_correlation: self.number(),
            },
            notes: self.text(),
        }
    }

    fn numbers<const N: usize>(&mut self) -> [f64; N] {
        std::array::from_fn(|_| self.number())
    }

    fn assessment(&mut self) -> Assessment {
        let header = self.header();
        let records: Vec<Record> = (0..self.below(40)).map(|_| self.record()).collect();
        Assessment::from_records(header, records)
    }

    fn transaction(&mut self, now: &Assessment) -> Transaction {
        let there: Vec<AnyId> = {
            let mut ids = Vec::new();
            now.for_each_record(&mut |record| ids.push(record.id()));
            ids
        };
        let label = self.text();
        let record = self.record();
        let id = record.id();
        let edits = match self.below(5) {
            0 => vec![Edit::SetHeader(Arc::new(self.header()))],
            1 if !there.is_empty() => {
                let asked: Vec<AnyId> = (0..1 + self.below(3)).map(|_| self.one(&there)).collect();
                return edit::delete(now, &asked);
            }
            2 if !there.is_empty() => vec![Edit::Remove(self.one(&there))],
            _ if now.contains(id) => {
                vec![Edit::Replace(record.clone()), Edit::Remove(id), Edit::Insert(record)]
            }
            3 => vec![
                Edit::Insert(record.clone()),
                Edit::Replace(record),
                Edit::SetHeader(Arc::new(self.header())),
            ],
            _ => vec![Edit::Insert(record)],
        };
        let transaction = Transaction::new(label, edits);
        // A few keys, so that some transactions continue others.
        match self.below(3) {
            0 => transaction,
            1 => transaction.typing(None, "title"),
            _ => transaction.typing(Some(id), "name"),
        }
    }

    fn record(&mut self) -> Record {
        let kind = self.one(Kind::ALL);
        self.record_of(kind)
    }

    /// A record with a given identifier.
    pub fn record_with(&mut self, id: AnyId) -> Record {
        self.own = Some(id.uuid);
        self.record_of(id.kind)
    }

    fn record_of(&mut self, kind: Kind) -> Record {
        match kind {
            Kind::Analyst => {
                Analyst { id: self.id(), name: self.text(), role: self.one(AnalystRole::ALL) }.into_record()
            }
            Kind::Source => self.source().into_record(),
            Kind::Document => self.document().into_record(),
            Kind::Actor => self.actor().into_record(),
            Kind::Incident => self.incident().into_record(),
            Kind::Claim => self.claim().into_record(),
            Kind::Evidence => self.evidence().into_record(),
            Kind::Hypothesis => self.hypothesis().into_record(),
            Kind::Rating => self.rating().into_record(),
            Kind::Assumption => self.assumption().into_record(),
            Kind::Indicator => self.indicator().into_record(),
            Kind::Judgement => self.judgement().into_record(),
            Kind::Comment => self.comment().into_record(),
            Kind::Exercise => self.exercise().into_record(),
            Kind::Outcome => self.outcome().into_record(),
        }
    }

    fn source(&mut self) -> Source {
        Source {
            id: self.id(),
            name: self.text(),
            kind: self.one(SourceKind::ALL),
            affiliation: self.text(),
            gradings: self.some(|draw| Grading {
                reliability: draw.one(Reliability::ALL),
                reason: draw.text(),
                on: draw.maybe(Self::date),
                by: draw.maybe(Self::id),
            }),
            sorted_as: self.text(),
            notes: self.text(),
        }
    }

    fn document(&mut self) -> Document {
        Document {
            id: self.id(),
            title: self.text(),
            publisher: self.maybe(Self::id),
            url: self.text(),
            published: self.maybe(Self::date),
            retrieved: self.maybe(Self::date),
            language: self.text(),
            relays: self.some(Self::id),
            text: self.maybe(|draw| ArchivedText { text: draw.text(), sha256: draw.text() }),
            notes: self.text(),
        }
    }

    fn actor(&mut self) -> Actor {
        Actor {
            id: self.id(),
            name: self.text(),
            level: self.one(ActorLevel::ALL),
            belongs_to: self.some(Self::id),
            aliases: self.some(|draw| Alias { name: draw.text(), coined_by: draw.maybe(Self::id) }),
            notes: self.text(),
        }
    }

    fn incident(&mut self) -> Incident {
        Incident {
            id: self.id(),
            name: self.text(),
            period: self.period(),
            victims: self.some(Self::text),
            sector: self.text(),
            campaign: self.maybe(Self::id),
            summary: self.text(),
            sorted_as: self.text(),
            notes: self.text(),
        }
    }

    fn claim(&mut self) -> Claim {
        Claim {
            id: self.id(),
            source: self.id(),
            document: self.maybe(Self::id),
            locator: self.locator(),
            quote: self.text(),
            stated_on: self.maybe(Self::date),
            proposition: match self.below(3) {
                0 => Proposition::Attribution {
                    incident: self.id(),
                    actors: self.some(Self::id),
                    role: self.one(Role::ALL),
                },
                1 => Proposition::SameActor { first: self.id(), second: self.id() },
                _ => Proposition::BelongsTo { part: self.id(), whole: self.id() },
            },
            stance: self.one(Stance::ALL),
            likelihood: self.maybe(|draw| Likelihood {
                words: draw.text(),
                low: draw.maybe(Self::number),
                high: draw.maybe(Self::number),
            }),
            confidence: self.maybe(|draw| draw.one(Confidence::ALL)),
            confidence_words: self.text(),
            basis: self.some(|draw| draw.one(Basis::ALL)),
            covers: self.period(),
            repeats: self.some(Self::id),
            credibility: self.maybe(|draw| draw.one(Credibility::ALL)),
            credibility_reason: self.text(),
            reliability_override: self.maybe(Self::grade_override),
            status: match self.below(3) {
                0 => Status::Standing,
                1 => Status::Retracted { on: self.maybe(Self::date) },
                _ => Status::Superseded { by: self.maybe(Self::id) },
            },
            accepted: self.flag(),
            verification: self.one(Verification::ALL),
            notes: self.text(),
        }
    }

    fn evidence(&mut self) -> Evidence {
        Evidence {
            id: self.id(),
            incident: self.id(),
            statement: self.text(),
            kind: self.one(EvidenceKind::ALL),
            source: self.maybe(Self::id),
            documents: self.some(Self::id),
            locator: self.locator(),
            from_claim: self.maybe(Self::id),
            observed_on: self.maybe(Self::date),
            credibility: self.maybe(|draw| draw.one(Credibility::ALL)),
            reliability_override: self.maybe(Self::grade_override),
            relevance: self.maybe(|draw| draw.one(Grade3::ALL)),
            dependence_group: self.text(),
            deception_risk: self.maybe(|draw| draw.one(Grade3::ALL)),
            excluded: self.flag(),
            sorted_as: self.text(),
            notes: self.text(),
        }
    }

    fn hypothesis(&mut self) -> Hypothesis {
        Hypothesis {
            id: self.id(),
            incident: self.id(),
            answer: if self.flag() { Answer::Actor(self.id()) } else { Answer::Text(self.text()) },
            prior: self.maybe(Self::number),
            from_claims: self.some(Self::id),
            sorted_as: self.text(),
            notes: self.text(),
        }
    }

    fn rating(&mut self) -> Rating {
        Rating {
            id: self.id(),
            analyst: self.id(),
            evidence: self.id(),
            hypothesis: self.id(),
            value: self.one(RatingValue::ALL),
            likelihood: self.maybe(Self::number),
            reason: self.text(),
            rated_at: self.moment(),
            round: self.bits() as u32,
        }
    }

    fn assumption(&mut self) -> Assumption {
        Assumption {
            id: self.id(),
            incident: self.maybe(Self::id),
            statement: self.text(),
            strength: self.one(AssumptionStrength::ALL),
            overturned_by: self.text(),
            sorted_as: self.text(),
            notes: self.text(),
        }
    }

    fn indicator(&mut self) -> Indicator {
        Indicator {
            id: self.id(),
            incident: self.id(),
            statement: self.text(),
            likelihoods: self
                .some(|draw| IndicatorLikelihood { hypothesis: draw.id(), probability: draw.number() }),
            observation: match self.below(3) {
                0 => Observation::Open,
                1 => Observation::NotSeen { on: self.maybe(Self::date) },
                _ => Observation::Seen { on: self.maybe(Self::date) },
            },
            notes: self.text(),
        }
    }

    fn judgement(&mut self) -> Judgement {
        Judgement {
            id: self.id(),
            analyst: self.id(),
            incident: self.id(),
            made_at: self.moment(),
            // Not below 0: the share of a deleted hypothesis is added to the rest, and ∞ − ∞ equals nothing, itself included.
            probabilities: self
                .some(|draw| ProbabilityShare { hypothesis: draw.id(), probability: draw.number().abs() }),
            other: self.number().abs(),
            confidence: self.maybe(|draw| draw.one(Confidence::ALL)),
            confidence_reasons: ConfidenceReasons {
                information_base: self.text(),
                rigour: self.text(),
                complexity: self.text(),
            },
            key_sentence: self.text(),
            dissent: self.some(|draw| Dissent { analyst: draw.id(), text: draw.text() }),
            round: self.bits() as u32,
        }
    }

    fn comment(&mut self) -> Comment {
        Comment {
            id: self.id(),
            analyst: self.maybe(Self::id),
            on: self.any_id(),
            field: self.text(),
            at: self.moment(),
            text: self.text(),
            resolved: self.flag(),
        }
    }

    fn exercise(&mut self) -> Exercise {
        Exercise {
            id: self.id(),
            title: self.text(),
            technique: self.one(Technique::ALL),
            incident: self.maybe(Self::id),
            step: self.bits() as u32,
            rounds: self.some(|draw| Round {
                number: draw.bits() as u32,
                opened: draw.maybe(Self::moment),
                closed: draw.maybe(Self::moment),
                releases: draw.some(Self::any_id),
            }),
            participants: self.some(Self::id),
            notes: self.text(),
        }
    }

    fn outcome(&mut self) -> Outcome {
        Outcome {
            id: self.id(),
            incident: self.id(),
            sealed: self.flag(),
            hypothesis: self.maybe(Self::id),
            explanation: self.text(),
        }
    }
}
