use std::sync::Arc;

use super::table::tsv_cell;
use super::*;
use crate::analysis::fixture::{Case, period, world};
use crate::analysis::{Derived, Options, Relation};
use crate::model::{
    ActorLevel, Confidence, Id, Incident, Likelihood, Proposition, SourceKind, Stance, Status,
};

/// A ministry, two vendors, one that repeats, a denial, a silence, a joint claim and one that was taken back.
fn case() -> (Case, Id<Incident>) {
    let mut case = world();
    let incident = case.incident("Airlines", period("2020-01", "2020-06"));
    let ministry = case.blames("Ministry", &["Any state"]);
    let vendor = case.blames("Vendor", &["CIA"]);
    let press = case.blames("Press", &["CIA"]);
    let denial = case.blames("Embassy", &["US"]);
    let silent = case.blames("Agency", &[]);
    let joint = case.blames("Blog", &["MSS", "Criminals"]);
    let gone = case.blames("Early bird", &["PLA"]);
    case.change(ministry, |claim| claim.stated_on = "2021-10-31".parse().ok());
    case.change(vendor, |claim| {
        claim.stated_on = "2020-03-02".parse().ok();
        claim.covers = period("2008-09", "2019-06");
        claim.confidence = Some(Confidence::High);
    });
    case.change(press, |claim| {
        claim.stated_on = "2020-03".parse().ok();
        claim.repeats = vec![vendor];
        claim.likelihood = Some(Likelihood { words: "likely".to_owned(), low: Some(0.55), high: Some(0.8) });
    });
    case.change(denial, |claim| claim.stance = Stance::Denies);
    case.change(silent, |claim| claim.stance = Stance::Declines);
    case.change(joint, |claim| claim.stated_on = "2020".parse().ok());
    case.change(gone, |claim| {
        claim.stated_on = "2019-12-01".parse().ok();
        claim.status = Status::Retracted { on: "2020-02-01".parse().ok() };
    });
    (case, incident)
}

fn derived(case: &Case, options: Options) -> Derived {
    Derived::new(Arc::new(case.assessment.clone()), options, None)
}

fn text(table: &ChartTable) -> String {
    assert!(table.rows.iter().all(|row| row.len() == table.headers.len()));
    table.rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn who_says_who() {
    let (case, incident) = case();
    let derived = derived(&case, Options::default());
    let chart = derived.who_says_who(incident, RowsBy::Source);
    let columns: Vec<String> = chart
        .columns
        .iter()
        .map(|it| {
            format!("{}{}{}", "  ".repeat(it.depth), it.name, if it.is_named { "" } else { " (above)" })
        })
        .collect();
    insta::assert_snapshot!(columns.join("\n"), @r"
        Any state
          CN (above)
            MSS
          US
            CIA
        Criminals
        ");
    insta::assert_snapshot!(text(&chart.table()), @r"
        Ministry | Any state | Asserts | Perpetrator | not hedged | none stated | first-hand | Not verified | 
        Blog | MSS + Criminals | Asserts | Perpetrator | not hedged | none stated | first-hand | Not verified | 
        Embassy | US | Denies | Perpetrator | not hedged | none stated | first-hand | Not verified | 
        Press | CIA | Asserts | Perpetrator | “likely” (55–80 %) | none stated | repeats | Not verified | 
        Vendor | CIA | Asserts | Perpetrator | not hedged | High | first-hand | Not verified | outside the incident’s
        Agency | names nobody | Declines | none | not hedged | none stated | first-hand | Not verified |
        ");
    assert!(chart.marks.iter().all(|mark| mark.row < chart.rows.len()));
    assert!(chart.marks.iter().flat_map(|mark| &mark.columns).all(|column| *column < chart.columns.len()));

    // By origin the repetition shares the vendor's row.
    let by_origin = derived.who_says_who(incident, RowsBy::Origin);
    let vendor = by_origin.rows.iter().find(|row| row.label == "Vendor").unwrap();
    assert_eq!((vendor.claims, vendor.origins, by_origin.rows.len()), (2, 1, chart.rows.len() - 1));
    for rows_by in [RowsBy::Affiliation, RowsBy::Kind] {
        let chart = derived.who_says_who(incident, rows_by);
        assert_eq!((chart.rows.len(), chart.marks.len()), (1, 6));
    }
}

#[test]
fn rows_are_grouped_by_what_is_coarser() {
    let (mut case, incident) = case();
    for (name, affiliation, kind) in [
        ("Ministry", "China", SourceKind::Government),
        ("Embassy", "China", SourceKind::Government),
        ("Vendor", "", SourceKind::SecurityVendor),
        ("Press", "China", SourceKind::Press),
    ] {
        let mut source = case.assessment.get::<crate::model::Source>(case.find(name)).unwrap().clone();
        (source.affiliation, source.kind) = (affiliation.to_owned(), kind);
        case.put(source);
    }
    let derived = derived(&case, Options::default());
    let outline = |by: RowsBy, grouped: RowsBy| {
        let chart = derived.who_says_who(incident, Rows { by, grouped: Some(grouped) });
        let mut lines = Vec::new();
        for group in &chart.groups {
            lines.push(format!("{}: {} claims, {} origins", group.label, group.claims, group.origins));
            lines.extend(chart.rows[group.rows.clone()].iter().map(|row| format!("  {}", row.label)));
        }
        assert_eq!(chart.groups.last().map_or(0, |group| group.rows.end), chart.rows.len());
        assert!(chart.marks.iter().is_sorted_by_key(|mark| mark.row));
        assert_eq!(chart.marks.len(), 6);
        lines.join("\n")
    };
    insta::assert_snapshot!(outline(RowsBy::Source, RowsBy::Affiliation), @r"
        China: 3 claims, 3 origins
          Ministry
          Embassy
          Press
        No affiliation: 3 claims, 3 origins
          Blog
          Vendor
          Agency
        ");
    insta::assert_snapshot!(outline(RowsBy::Source, RowsBy::Origin), @r"
        Vendor: 2 claims, 1 origins
          Press
          Vendor
        Said by one alone: 4 claims, 4 origins
          Ministry
          Blog
          Embassy
          Agency
        ");
    insta::assert_snapshot!(outline(RowsBy::Origin, RowsBy::Kind), @r"
        Government: 4 claims, 4 origins
          Ministry
          Blog
          Embassy
          Agency
        Security vendor: 2 claims, 1 origins
          Vendor
        ");
    // What is finer than the rows groups nothing.
    let chart = derived.who_says_who(incident, Rows { by: RowsBy::Kind, grouped: Some(RowsBy::Source) });
    assert!(chart.groups.is_empty() && chart.by.grouped.is_none());
    let table = derived
        .who_says_who(incident, Rows { by: RowsBy::Origin, grouped: Some(RowsBy::Affiliation) })
        .table();
    assert_eq!(table.headers[..3], ["Affiliation", "Origin", "Source"]);
}

#[test]
fn a_heatmap_can_stand_in_other_orders() {
    let (case, incident) = case();
    let derived = derived(&case, Options { ignore_period: true, ..Options::default() });
    let check = |order: HeatOrder, expect: &[&str]| {
        let chart = derived.heatmap(incident, RowsBy::Source, order);
        assert_eq!(chart.labels, expect, "{order:?}");
        for row in 0..chart.keys.len() {
            for column in 0..row {
                assert_eq!(chart.cell(row, column), chart.cell(column, row));
            }
        }
    };
    check(HeatOrder::Name, &["Agency", "Blog", "Embassy", "Ministry", "Press", "Vendor"]);
    check(HeatOrder::Date, &["Blog", "Press", "Vendor", "Ministry", "Agency", "Embassy"]);
    let chart = derived.heatmap(incident, RowsBy::Source, HeatOrder::Name);
    let (row, column, degree) = chart.most_conflicting().unwrap();
    assert_eq!((chart.labels[row].as_str(), chart.labels[column].as_str()), ("Vendor", "Blog"));
    assert!((degree - chart.greatest_conflict()).abs() < 1e-12);
}

/// Who says the same with another likelihood is not at odds, though the degree of conflict is above zero.
#[test]
fn most_conflict_is_between_those_at_odds() {
    let mut case = world();
    case.blames("Vendor", &["CIA"]);
    let hedged = case.blames("Ministry", &["CIA"]);
    case.change(hedged, |claim| {
        claim.likelihood = Some(Likelihood { words: String::new(), low: Some(0.2), high: Some(0.3) });
    });
    let incident = case.find("The incident");
    let most = |case: &Case| {
        let chart = derived(case, Options::default()).heatmap(incident, RowsBy::Source, HeatOrder::Name);
        (chart.most_conflicting().is_some(), chart.greatest_conflict() > 0.0)
    };
    assert_eq!(most(&case), (false, true));
    case.blames("Press", &["MSS"]);
    assert_eq!(most(&case), (true, true));
}

#[test]
fn who_says_who_at_a_level() {
    let (case, incident) = case();
    let options = Options { level: Some(ActorLevel::State), ..Options::default() };
    let chart = derived(&case, options).who_says_who(incident, RowsBy::Source);
    let names: Vec<&str> = chart.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Any state", "CN", "US", "Criminals"]);
}

#[test]
fn heatmap() {
    let (case, incident) = case();
    let derived = derived(&case, Options { ignore_period: true, ..Options::default() });
    let chart = derived.heatmap(incident, RowsBy::Source, HeatOrder::Bloc);
    insta::assert_snapshot!(text(&chart.table()), @r"
        Agency | Embassy | Silent | 1 | undefined
        Agency | Blog | Silent | 1 | undefined
        Embassy | Blog | Refines | 1 | 0.002
        Agency | Ministry | Silent | 1 | undefined
        Embassy | Ministry | Overlaps | 1 | 0.002
        Blog | Ministry | Overlaps | 1 | 0.000
        Agency | Press | Silent | 1 | undefined
        Embassy | Press | Contradicts | 1 | 0.059
        Blog | Press | Contradicts | 1 | 0.059
        Ministry | Press | Refines | 1 | 0.007
        Agency | Vendor | Silent | 1 | undefined
        Embassy | Vendor | Contradicts | 1 | 0.118
        Blog | Vendor | Contradicts | 1 | 0.118
        Ministry | Vendor | Refines | 1 | 0.016
        Press | Vendor | Same | 1 | 0.046
        ");
    // Every cell is the same from both sides, with its claims turned.
    for row in 0..chart.keys.len() {
        assert!(chart.cell(row, row).is_none());
        for column in 0..chart.keys.len() {
            assert_eq!(chart.cell(row, column), chart.cell(column, row));
            for (a, b) in chart.pairs(row, column) {
                assert!(chart.pairs(column, row).contains(&(b, a)));
                let source =
                    |claim| RowKey::Source(case.assessment.get::<crate::model::Claim>(claim).unwrap().source);
                assert_eq!((source(a), source(b)), (chart.keys[row].clone(), chart.keys[column].clone()));
            }
        }
    }
    assert!(chart.cell(0, 99).is_none());
    assert_eq!(derived.heatmap(incident, RowsBy::Origin, HeatOrder::Bloc).keys.len(), chart.keys.len() - 1);
}

/// Of a source's several claims the weightiest relation counts.
#[test]
fn a_contradiction_outweighs_everything_else() {
    let mut case = world();
    for (source, actor) in [("A", "CIA"), ("A", "US"), ("B", "NSA"), ("B", "CIA")] {
        case.blames(source, &[actor]);
    }
    let derived = derived(&case, Options::default());
    let chart = derived.heatmap(case.find("The incident"), RowsBy::Source, HeatOrder::Bloc);
    let cell = chart.cell(1, 0).unwrap();
    assert_eq!((cell.relation, cell.pair_count, cell.pairs.len()), (Relation::Contradicts, 1, 1));
    assert!(cell.conflict.unwrap() > 0.0);
}

#[test]
fn blocs_stand_together() {
    let mut case = world();
    for (place, source) in ["A", "B", "C", "D", "E", "F"].into_iter().enumerate() {
        case.blames(source, &[if place % 2 == 0 { "CIA" } else { "MSS" }]);
    }
    let derived = derived(&case, Options::default());
    let chart = derived.heatmap(case.find("The incident"), RowsBy::Source, HeatOrder::Bloc);
    assert_eq!(chart.labels, ["A", "C", "E", "F", "D", "B"]);
}

#[test]
fn timeline() {
    let (case, incident) = case();
    let derived = derived(&case, Options::default());
    let chart = derived.timeline(Some(incident));
    insta::assert_snapshot!(text(&chart.table()), @r"
        2019-12-01 | Early bird | PLA | Asserts | does not say | 2020-01 – 2020-06 |  | first-hand | retracted 2020-02-01
        2020-03-02 | Vendor | CIA | Asserts | 2008-09 – 2019-06 | 2020-01 – 2020-06 | outside the incident’s | first-hand | stands
        2020-03 | Press | CIA | Asserts | does not say | 2020-01 – 2020-06 |  | repeats | stands
        2020 | Blog | MSS + Criminals | Asserts | does not say | 2020-01 – 2020-06 |  | first-hand | stands
        2021-10-31 | Ministry | Any state | Asserts | does not say | 2020-01 – 2020-06 |  | first-hand | stands
        unknown | Embassy | US | Denies | does not say | 2020-01 – 2020-06 |  | first-hand | stands
        unknown | Agency | names nobody | Declines | does not say | 2020-01 – 2020-06 |  | first-hand | stands
        ");
    let (first, last) = chart.bounds.unwrap();
    assert_eq!((first.to_string(), last.to_string()), ("2008-09-01".to_owned(), "2021-10-31".to_owned()));
    assert_eq!(derived.timeline(None).rows.len(), 7);
    assert!(Derived::new(Arc::default(), Options::default(), None).timeline(None).bounds.is_none());
}

#[test]
fn actors_with_contested_links() {
    let mut case = world();
    let alias = crate::model::Alias { name: "Longhorn".to_owned(), coined_by: Some(case.source("Symantec")) };
    let mut actor = case.assessment.get::<crate::model::Actor>(case.find("CIA")).unwrap().clone();
    actor.aliases.push(alias);
    case.put(actor);
    case.blames("A", &["CIA"]);
    let same = case.same("Turbine Panda", "JSSD");
    case.links(same.clone());
    let denied = case.says("Other", same);
    case.change(denied, |claim| claim.stance = Stance::Denies);
    let two_parents = case.part("APT26", "JSSD");
    case.links(two_parents);
    let other_parent = case.part("APT26", "PLA");
    case.links(other_parent);
    let circle = case.part("CN", "JSSD");
    case.links(circle);
    case.says("Nobody yet", Proposition::BelongsTo { part: case.find("APT26"), whole: case.find("NSA") });
    let derived = derived(&case, Options::default());
    let chart = derived.actor_chart();
    insta::assert_snapshot!(text(&chart.table()), @r"
        Any state | Class of actors |  |  |  | 0 | 1 | 1
          CN | State |  |  |  | 0 | 0 | 0
            MSS | Service or agency |  |  |  | 0 | 0 | 0
              JSSD | Unit or bureau |  | Turbine Panda |  | 0 | 0 | 0
                Sixth Bureau | Unit or bureau |  |  |  | 0 | 0 | 0
                APT26 | Tracked cluster |  |  | PLA | 0 | 0 | 0
            PLA | Service or agency |  |  |  | 0 | 0 | 0
          US | State |  |  |  | 0 | 1 | 1
            CIA | Service or agency | Longhorn (Symantec) |  |  | 1 | 1 | 1
            NSA | Service or agency |  |  |  | 0 | 0 | 0
        Criminals | Class of actors |  |  |  | 0 | 0 | 0
        ");
    let link = |link: &ActorLink| {
        let name = |actor| derived.assessment().name_of(actor);
        let says = format!("{} {} {}", name(link.first), link.kind.verb(), name(link.second));
        let yes = |flag: bool| if flag { "yes" } else { "no" };
        let applied = if link.is_rejected { "no: it would close a circle" } else { yes(link.is_applied) };
        let parts = [
            &link.source_name,
            says.as_str(),
            link.stance.label(),
            "none stated",
            yes(link.accepted),
            applied,
        ];
        parts.join(" | ")
    };
    let links: Vec<String> = chart.links.iter().map(link).collect();
    insta::assert_snapshot!(links.join("\n"), @r"
        Linker | Turbine Panda = JSSD | Asserts | none stated | yes | yes
        Other | Turbine Panda = JSSD | Denies | none stated | no | no
        Linker | APT26 belongs to JSSD | Asserts | none stated | yes | yes
        Linker | APT26 belongs to PLA | Asserts | none stated | yes | yes
        Linker | CN belongs to JSSD | Asserts | none stated | yes | no: it would close a circle
        Nobody yet | APT26 belongs to NSA | Asserts | none stated | no | no
        ");
    let problem = derived.problems().iter().find(|finding| finding.field == "accepted").unwrap();
    insta::assert_snapshot!(problem.message, @r"
        the link is accepted, and left out because it would close a circle: JSSD, part of MSS, part of CN, part of JSSD
        ");
}

#[test]
fn tables_paste_into_a_spreadsheet() {
    let check = |cell: &str, expect: &str| assert_eq!(tsv_cell(cell), expect, "{cell:?}");
    check("plain", "plain");
    check("two\tcells\nand lines", "two cells and lines");
    check("=SUM(A1)", "'=SUM(A1)");
    check(" @x", "' @x");
    check("－1", "'－1");
    check("+1 other", "'+1 other");
    check("-0.5", "-0.5");
    check("", "");
    let mut table = ChartTable::new(&["A", "B"]);
    table.rows.push(vec!["x\ty".to_owned(), "z".to_owned()]);
    assert_eq!(table.to_tsv(), "A\tB\nx y\tz\n");
}
