//! The closed vocabularies of the field: grades, stances, levels, markings. Each value has the name that
//! people read (`label`) and a list of all values in their natural order (`ALL`).

/// Defines an enum without data together with `ALL` and `label`.
macro_rules! scale {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident => $label:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// All values in their natural order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name that people read.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.label())
            }
        }
    };
}

scale! {
    /// Reliability of a source on the Admiralty (NATO) scale. `F` means that there is no basis to judge it, which
    /// is ignorance and not the worst grade.
    Reliability {
        /// Completely reliable.
        A => "A · Completely reliable",
        /// Usually reliable.
        B => "B · Usually reliable",
        /// Fairly reliable.
        C => "C · Fairly reliable",
        /// Not usually reliable.
        D => "D · Not usually reliable",
        /// Unreliable.
        E => "E · Unreliable",
        /// Reliability cannot be judged.
        F => "F · Cannot be judged",
    }
}

impl Reliability {
    /// The letter of the grade.
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
            Self::F => 'F',
        }
    }
}

scale! {
    /// Credibility of an item on the Admiralty (NATO) scale. `Six` means that its truth cannot be judged, which is
    /// ignorance and not disbelief.
    Credibility {
        /// Confirmed by other sources.
        One => "1 · Confirmed by other sources",
        /// Probably true.
        Two => "2 · Probably true",
        /// Possibly true.
        Three => "3 · Possibly true",
        /// Doubtful.
        Four => "4 · Doubtful",
        /// Improbable.
        Five => "5 · Improbable",
        /// Truth cannot be judged.
        Six => "6 · Cannot be judged",
    }
}

impl Credibility {
    /// The digit of the grade, 1 to 6.
    pub const fn digit(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
            Self::Five => 5,
            Self::Six => 6,
        }
    }

    /// The grade of a digit from 1 to 6.
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            3 => Some(Self::Three),
            4 => Some(Self::Four),
            5 => Some(Self::Five),
            6 => Some(Self::Six),
            _ => None,
        }
    }
}

scale! {
    /// Analytic confidence, in the wording of ICD 203. Never a likelihood.
    Confidence {
        /// Questionable or fragmented information, or significant concerns about sources.
        Low => "Low",
        /// Credibly sourced and plausible, not of sufficient quality or corroboration for more.
        Moderate => "Moderate",
        /// High-quality information, or an issue that allows a solid judgement.
        High => "High",
    }
}

scale! {
    /// What a claim does with its proposition. A hedge is a likelihood, not a stance.
    Stance {
        /// Says that it is so.
        Asserts => "Asserts",
        /// Says that it is not so.
        Denies => "Denies",
        /// Speaks of the incident and names nobody.
        Declines => "Declines",
    }
}

scale! {
    /// In which role an actor is said to have taken part.
    Role {
        /// Carried it out.
        Perpetrator => "Perpetrator",
        /// Ordered, paid or protected it.
        Sponsor => "Sponsor",
        /// Made the tools.
        ToolDeveloper => "Tool developer",
        /// Helped from inside the victim.
        Insider => "Insider",
        /// Ran the people who did it.
        Handler => "Handler",
    }
}

scale! {
    /// How wide or narrow an actor is, widest first.
    ActorLevel {
        /// A class of actors, such as "criminals" or "a foreign intelligence agency".
        Class => "Class of actors",
        /// A state.
        State => "State",
        /// A service or agency of a state.
        Service => "Service or agency",
        /// A unit or bureau of a service.
        Unit => "Unit or bureau",
        /// A cluster that analysts track by its activity.
        Cluster => "Tracked cluster",
        /// A company, university or other organisation.
        Organisation => "Organisation",
        /// One person.
        Person => "Person",
    }
}

scale! {
    /// What kind of party a source is.
    SourceKind {
        /// A government body or official.
        Government => "Government",
        /// A company that sells security products or services.
        SecurityVendor => "Security vendor",
        /// A news organisation.
        Press => "Press",
        /// A university or research institute.
        Academic => "Academic",
        /// The party that was attacked.
        Victim => "Victim",
        /// A named person who speaks for themself.
        Individual => "Individual",
        /// Someone who is not named.
        Anonymous => "Anonymous",
    }
}

scale! {
    /// What a source says its claim rests on.
    Basis {
        /// Malware, infrastructure, telemetry.
        Technical => "Technical",
        /// Human sources or insiders.
        Human => "Human",
        /// Indictments, verdicts, court documents.
        Legal => "Legal",
        /// Who gains.
        Motive => "Motive",
    }
}

scale! {
    /// The Traffic Light Protocol 2.0 marking of an assessment.
    Tlp {
        /// May be shared without limit.
        Clear => "TLP:CLEAR",
        /// May be shared within the community.
        Green => "TLP:GREEN",
        /// May be shared within the organisation and its clients, where they need to know.
        Amber => "TLP:AMBER",
        /// May be shared within the organisation only.
        AmberStrict => "TLP:AMBER+STRICT",
        /// For the recipients only.
        Red => "TLP:RED",
    }
}

scale! {
    /// Which standard's words of estimative probability the assessment uses.
    Standard {
        /// The United States' Intelligence Community Directive 203.
        Icd203 => "ICD 203",
        /// The United Kingdom's Professional Head of Intelligence Assessment yardstick.
        Phia => "PHIA",
    }
}

scale! {
    /// What an analyst does in the team.
    AnalystRole {
        /// Rates and judges.
        Analyst => "Analyst",
        /// Leads the exercise.
        Facilitator => "Facilitator",
        /// Argues against the leading view.
        DevilsAdvocate => "Devil's advocate",
        /// Checks the work.
        Reviewer => "Reviewer",
    }
}

scale! {
    /// What kind of observation a piece of evidence is.
    EvidenceKind {
        /// Malicious code and its traits.
        Malware => "Malware",
        /// Domains, addresses, certificates, accounts.
        Infrastructure => "Infrastructure",
        /// The servers that commanded the operation.
        ControlServer => "Control server",
        /// What sensors saw.
        Telemetry => "Telemetry",
        /// Intelligence reporting.
        Intelligence => "Intelligence",
        /// Who gains.
        CuiBono => "Cui bono",
        /// Court documents and verdicts.
        Legal => "Legal",
        /// Anything else.
        Other => "Other",
    }
}

scale! {
    /// A weight in three steps, for relevance and deception risk.
    Grade3 {
        /// Low.
        Low => "Low",
        /// Medium.
        Medium => "Medium",
        /// High.
        High => "High",
    }
}

scale! {
    /// How a piece of evidence stands to a hypothesis (analysis of competing hypotheses).
    RatingValue {
        /// Very consistent.
        VeryConsistent => "CC",
        /// Consistent.
        Consistent => "C",
        /// Neutral.
        Neutral => "N",
        /// Inconsistent.
        Inconsistent => "I",
        /// Very inconsistent.
        VeryInconsistent => "II",
        /// Not applicable.
        NotApplicable => "NA",
    }
}

scale! {
    /// How well an assumption is supported (Key Assumptions Check).
    AssumptionStrength {
        /// Well supported.
        Solid => "Solid",
        /// Correct with caveats.
        Caveated => "Caveated",
        /// Unsupported or questionable.
        Unsupported => "Unsupported",
    }
}

scale! {
    /// A structured analytic technique that an exercise works through.
    Technique {
        /// Analysis of competing hypotheses.
        Ach => "Analysis of competing hypotheses",
        /// Key Assumptions Check.
        KeyAssumptions => "Key assumptions check",
        /// Quality of Information Check.
        QualityOfInformation => "Quality of information check",
        /// Devil's Advocacy.
        DevilsAdvocacy => "Devil's advocacy",
        /// Premortem.
        Premortem => "Premortem",
        /// Indicators of change.
        Indicators => "Indicators",
        /// Delphi rounds.
        Delphi => "Delphi",
    }
}

scale! {
    /// How far a record's content was checked against the original.
    Verification {
        /// The original wording was read.
        WordingSeen => "Wording seen",
        /// Known from a report about it only.
        Secondhand => "Second-hand",
        /// Nobody has checked it yet.
        Unverified => "Not verified",
    }
}

scale! {
    /// How opinions of independent origins are fused.
    FusionRule {
        /// Weighted belief fusion: certainty weighs, vacuous opinions do not.
        Weighted => "Weighted belief fusion",
        /// Cumulative belief fusion: independent observations add up.
        Cumulative => "Cumulative belief fusion",
        /// Averaging belief fusion: dependent opinions are averaged.
        Averaging => "Averaging belief fusion",
        /// Consensus and compromise fusion: conflict turns into vagueness.
        ConsensusCompromise => "Consensus & compromise fusion",
        /// Dempster's rule: conflict is normalised away.
        Dempster => "Dempster's rule",
        /// Yager's rule: conflict becomes ignorance.
        Yager => "Yager's rule",
        /// Dubois and Prade's rule: conflict goes to the union.
        DuboisPrade => "Dubois–Prade rule",
        /// Proportional conflict redistribution no. 6.
        Pcr6 => "PCR6",
    }
}

scale! {
    /// How trust in a source discounts its opinion.
    TrustDiscount {
        /// Discounts by the projected probability of trust.
        ProbabilitySensitive => "Probability-sensitive",
        /// Distrust and uncertainty both become ignorance.
        UncertaintyFavouring => "Uncertainty-favouring",
        /// Distrust believes the opposite.
        OppositeBelief => "Opposite-belief",
    }
}
