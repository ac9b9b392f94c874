//! Small parts that several views share.

pub mod belief_bar;
pub mod chart_grid;
pub mod chart_parts;
mod claim_tooltip;
mod comments;
pub mod comparison;
mod computing;
mod explained;
pub mod fields;
pub mod legend;
pub mod marks;
mod middle;
pub mod own_keys;
pub mod picker;
mod rating;
pub mod rows;
mod table_twin;
mod text;

pub use claim_tooltip::{claim_sentence, claim_tooltip, period_warning};
pub use comments::comments;
pub use comparison::comparison;
pub use computing::{Computing, computing_line, computing_words};
pub use explained::{explain_on_click, explained};
pub use middle::{NamesApart, galley_apart, line_width, middle_galley, told_apart, without_middle};
pub use picker::{Picked, Picker, TokenChange};
pub use rating::{rating_colour, rating_line};
pub use table_twin::{as_table, copy_table_button, figure_and_copy, figure_button, segmented, table_twin};
pub use text::{
    BETWEEN_PARTS, bare_checkbox, checkbox, counted, degree_text, elided, empty_state, filter_name, grouped,
    icon_button, icon_text, icon_toggle, labelled_button, menu_item, moment, named, quiet, section_title,
    square,
};
