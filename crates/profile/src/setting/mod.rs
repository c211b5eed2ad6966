//! What a setting is: declared once, with its key, its default, its variable and its flag.
//!
//! `settings!` makes a struct of a list of declarations, and one method that visits each setting with its declaration. Reading
//! the file, laying environment and flags over it, showing the values and listing the variables are visitors, so none of them
//! knows a single setting. A new one is one declaration here, one field of the client's configuration where it arrives (the
//! conversions name every field, so a forgotten one does not compile), and the code that obeys it.
//!
//! ```text
//! /// What it does.                                       the documentation of the field
//! "key" => field: Sourced<T> = default,                   or Option<Sourced<T>>, where there is no default
//!     as K,                                               read by the kind `K` instead of that of `T`
//!     check function,                                     refused, with a reason, when the function says so
//!     secret NAME => "what the variable holds",           a secret in the environment, which wins over:
//!     env NAME => "what the variable holds",              its value in the environment; of a secret, the path of its file
//!     flag "--name",                                      its value on the command line
//!     in defaults;                                        may stand in [defaults] too
//! ```

mod kind;
mod slot;
mod visitors;

pub(crate) use kind::Kind;
pub(crate) use slot::Slot;
pub(crate) use visitors::{Declarations, FromFile, Overlay};

use crate::env::Variable;
use crate::error::{Error, Result};
use crate::origin::Origin;

/// A setting as it is declared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// The key in its table.
    pub(crate) key: &'static str,
    /// The variable that holds a secret itself.
    pub(crate) secret: Option<Variable>,
    /// The variable that holds the value; of a secret, the path of its file.
    pub(crate) variable: Option<Variable>,
    /// The flag.
    pub(crate) flag: Option<&'static str>,
    /// It may stand in `[defaults]` too.
    pub(crate) in_defaults: bool,
}

/// Why a value cannot be used, and what to do where that does not follow from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) text: String,
    pub(crate) hint: Option<&'static str>,
}

impl Reason {
    /// The failure of a value from the environment or the command line, named by where it comes from.
    fn at(self, origin: &Origin) -> Error {
        let message = format!("{origin}: {}", self.text);
        let error = match origin {
            Origin::Flag(_) => Error::usage(message),
            _ => Error::config(message),
        };
        error.hint_if(self.hint.map(str::to_owned))
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self { text, hint: None }
    }
}

impl From<&str> for Reason {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Looks at a value that could be read, wherever it comes from.
pub(crate) type Check<T> = fn(&T) -> Result<(), Reason>;

/// What is done with every setting of a struct, in the order of their declaration.
pub(crate) trait Visitor {
    /// Visits one.
    ///
    /// # Errors
    /// Those of the visitor, which end the visit.
    fn visit<K: Kind, S: Slot<Value = K::Value>>(
        &mut self,
        setting: &Setting,
        slot: &mut S,
        check: Check<K::Value>,
    ) -> Result<()>;
}

macro_rules! settings {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(
                $(#[$doc:meta])*
                $key:literal => $field:ident: $slot:ty = $default:expr
                    $(, as $kind:ty)?
                    $(, check $check:path)?
                    $(, secret $secret:expr => $secret_doc:literal)?
                    $(, env $variable:expr => $variable_doc:literal)?
                    $(, flag $flag:literal)?
                    $(, in $defaults:ident)?
                ;
            )*
        }
        $(and {
            $( $(#[$other_doc:meta])* $other:ident: $other_type:ty = $other_default:expr; )*
        })?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $( $(#[$doc])* pub $field: $slot, )*
            $($( $(#[$other_doc])* pub $other: $other_type, )*)?
        }

        impl Default for $name {
            /// Nothing is set.
            fn default() -> Self {
                Self {
                    $( $field: $default, )*
                    $($( $other: $other_default, )*)?
                }
            }
        }

        impl $name {
            /// Visits every setting, in the order of their declaration.
            ///
            /// # Errors
            /// Those of the visitor.
            pub(crate) fn visit(
                &mut self,
                visitor: &mut impl $crate::setting::Visitor,
            ) -> $crate::error::Result<()> {
                $(
                    visitor.visit::<settings!(@kind $slot $(, $kind)?), _>(
                        &$crate::setting::Setting {
                            key: $key,
                            secret: settings!(@variable Secret $($secret, $secret_doc)?),
                            variable: settings!(@variable Profile $($variable, $variable_doc)?),
                            flag: settings!(@flag $($flag)?),
                            in_defaults: settings!(@in $($defaults)?),
                        },
                        &mut self.$field,
                        settings!(@check $($check)?),
                    )?;
                )*
                Ok(())
            }
        }
    };
    (@kind $slot:ty) => { <$slot as $crate::setting::Slot>::Value };
    (@kind $slot:ty, $kind:ty) => { $kind };
    (@check) => { |_| Ok(()) };
    (@check $check:path) => { $check };
    (@variable $kind:ident) => { None };
    (@variable $kind:ident $name:expr, $doc:literal) => {
        Some($crate::env::Variable {
            name: $name,
            doc: $doc,
            kind: $crate::env::Kind::$kind,
        })
    };
    (@flag) => { None };
    (@flag $flag:literal) => { Some($flag) };
    (@in) => { false };
    (@in defaults) => { true };
}

pub(crate) use settings;
