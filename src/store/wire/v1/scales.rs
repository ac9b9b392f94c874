//! The vocabularies of version 1, with the names that their values have in the file.

use crate::store::wire::scale;

scale!(Reliability { A, B, C, D, E, F });
scale!(Confidence { Low, Moderate, High });
scale!(Stance { Asserts, Denies, Declines });
scale!(Role { Perpetrator, Sponsor, ToolDeveloper, Insider, Handler });
scale!(ActorLevel { Class, State, Service, Unit, Cluster, Organisation, Person });
scale!(SourceKind { Government, SecurityVendor, Press, Academic, Victim, Individual, Anonymous });
scale!(Basis { Technical, Human, Legal, Motive });
scale!(Tlp { Clear, Green, Amber, AmberStrict, Red });
scale!(Standard { Icd203, Phia });
scale!(AnalystRole { Analyst, Facilitator, DevilsAdvocate, Reviewer });
scale!(EvidenceKind {
    Malware,
    Infrastructure,
    ControlServer,
    Telemetry,
    Intelligence,
    CuiBono,
    Legal,
    Other,
});
scale!(Grade3 { Low, Medium, High });
scale!(RatingValue { VeryConsistent, Consistent, Neutral, Inconsistent, VeryInconsistent, NotApplicable });
scale!(AssumptionStrength { Solid, Caveated, Unsupported });
scale!(Technique {
    Ach,
    KeyAssumptions,
    QualityOfInformation,
    DevilsAdvocacy,
    Premortem,
    Indicators,
    Delphi,
});
scale!(Verification = Unverified { WordingSeen, Secondhand, Unverified });
scale!(FusionRule {
    Weighted,
    Cumulative,
    Averaging,
    ConsensusCompromise,
    Dempster,
    Yager,
    DuboisPrade,
    Pcr6,
});
scale!(TrustDiscount { ProbabilitySensitive, UncertaintyFavouring, OppositeBelief });
scale!(Kind {
    Analyst,
    Source,
    Document,
    Actor,
    Incident,
    Claim,
    Evidence,
    Hypothesis,
    Rating,
    Assumption,
    Indicator,
    Judgement,
    Comment,
    Exercise,
    Outcome,
});
