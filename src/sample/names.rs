//! Names that read well and belong to nobody.

use super::random::Random;

/// States that do not exist.
pub(super) const STATES: [&str; 12] = [
    "Arvonia",
    "Belmark",
    "Corvia",
    "Drevland",
    "Estmark",
    "Fenwick Republic",
    "Galtia",
    "Hestova",
    "Ilmaria",
    "Jorvania",
    "Kesteria",
    "Lorvany",
];

/// What services are called, after their state.
pub(super) const SERVICES: [&str; 5] = [
    "Foreign Service",
    "Signals Directorate",
    "Military Intelligence",
    "Security Office",
    "Naval Cyber Command",
];

/// Sectors of victims.
pub(super) const SECTORS: [&str; 8] =
    ["aviation", "energy", "finance", "government", "health", "research", "telecommunications", "transport"];

const ADJECTIVES: [&str; 20] = [
    "Amber", "Brass", "Cobalt", "Copper", "Crimson", "Dusky", "Gilded", "Hollow", "Ivory", "Jade", "Lunar",
    "Marble", "Nimble", "Ochre", "Pale", "Quiet", "Russet", "Silver", "Tidal", "Velvet",
];

const ANIMALS: [&str; 20] = [
    "Adder", "Badger", "Crane", "Dormouse", "Egret", "Falcon", "Gecko", "Heron", "Ibis", "Jackdaw",
    "Kestrel", "Lynx", "Marten", "Newt", "Otter", "Plover", "Quail", "Raven", "Stoat", "Tern",
];

const GIVEN: [&str; 16] = [
    "Ada", "Boris", "Clara", "Dmitri", "Elin", "Farid", "Greta", "Hugo", "Irina", "Jonas", "Kaito", "Lena",
    "Marek", "Nadia", "Oskar", "Priya",
];

const FAMILY: [&str; 16] = [
    "Abel", "Brandt", "Castell", "Dorn", "Evers", "Falk", "Gray", "Holm", "Ivarsen", "Jansky", "Keller",
    "Lund", "Moreau", "Novak", "Orlan", "Petri",
];

const PLACES: [&str; 20] = [
    "Northgate",
    "Eastfield",
    "Harbour",
    "Millbrook",
    "Stonebridge",
    "Riverside",
    "Oakhurst",
    "Whitecliff",
    "Greenford",
    "Kingsway",
    "Ashdown",
    "Blackwater",
    "Clearview",
    "Deepwell",
    "Elmstead",
    "Foxhall",
    "Glenview",
    "Highmoor",
    "Larkfield",
    "Westmere",
];

/// The `number`-th name made of two lists: all pairs, then all pairs again with a number behind.
fn paired(first: &[&str], second: &[&str], number: usize) -> String {
    let round = number / (first.len() * second.len()).max(1);
    // Neighbours differ in both words.
    let one = first.get(number % first.len().max(1)).copied().unwrap_or_default();
    let place = (number / first.len().max(1) + number) % second.len().max(1);
    let other = second.get(place).copied().unwrap_or_default();
    if round == 0 { format!("{one} {other}") } else { format!("{one} {other} {}", round + 1) }
}

/// The name of a tracked cluster; different for every number.
pub(super) fn cluster(number: usize) -> String {
    paired(&ADJECTIVES, &ANIMALS, number)
}

/// The name of a person; different for every number.
pub(super) fn person(number: usize) -> String {
    paired(&GIVEN, &FAMILY, number)
}

/// The name of a company, newspaper or other body; different for every number and kind.
pub(super) fn body(kind: &str, number: usize) -> String {
    let round = number / PLACES.len();
    let place = PLACES.get(number % PLACES.len()).copied().unwrap_or_default();
    if round == 0 { format!("{place} {kind}") } else { format!("{place} {kind} {}", round + 1) }
}

/// The name of an incident; different for every number.
pub(super) fn incident(random: &mut Random, number: usize, sector: &str) -> String {
    let what = ["Intrusion at", "Data theft from", "Sabotage of", "Espionage against"];
    let what = random.pick(&what).copied().unwrap_or("Intrusion at");
    let place = PLACES.get(number % PLACES.len()).copied().unwrap_or_default();
    format!("{what} {place} {sector} (case {})", number + 1)
}
