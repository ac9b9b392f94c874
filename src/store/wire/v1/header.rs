//! What concerns the whole assessment, in version 1.

use serde::Deserialize;

use super::scales::{FusionRule, Grade3, Standard, Tlp, TrustDiscount};
use crate::model;
use crate::store::ron_writer::RonWriter;
use crate::store::wire::leaf::{Moment, UuidText};
use crate::store::wire::{Wire, may_be_left_out, wire};

wire! {
    Header {
        id: UuidText,
        title: String,
        question: String = default,
        marking: Tlp,
        standard: Standard,
        created: Moment,
        updated: Moment,
        methods: Methods = default,
        notes: String = default,
    }
}

/// Declares the conventions, each of which stands in the file only where it differs from the program's own.
macro_rules! methods {
    ($($field:ident: $ty:ty,)+) => {
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::store) struct Methods {
            $(
                #[serde(default)]
                $field: Option<$ty>,
            )+
        }

        impl Wire for Methods {
            type Model = model::Methods;

            fn into_model(self) -> Self::Model {
                let usual = model::Methods::default();
                model::Methods { $($field: self.$field.map_or(usual.$field, Wire::into_model),)+ }
            }

            fn write(model: &Self::Model, out: &mut RonWriter) {
                let usual = model::Methods::default();
                out.open("");
                $(if model.$field != usual.$field {
                    out.field(stringify!($field));
                    <$ty as Wire>::write(&model.$field, out);
                })+
                out.close();
            }

            fn is_default(model: &Self::Model) -> bool {
                *model == model::Methods::default()
            }
        }
    };
}

methods! {
    fusion: FusionRule,
    discount: TrustDiscount,
    reliability_trust: [f64; 5],
    credibility_trust: [f64; 5],
    confidence_trust: [f64; 3],
    unstated_confidence_trust: f64,
    unhedged_probability: f64,
    unquantified_hedge: f64,
    rating_likelihoods: [f64; 5],
    rating_points: [f64; 5],
    grade_weights: [f64; 3],
    reliability_grades: [Grade3; 5],
    credibility_grades: [Grade3; 5],
    group_correlation: f64,
}
