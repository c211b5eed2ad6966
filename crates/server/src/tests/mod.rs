//! The authority from its router on: each rule of the token endpoint broken once, with the number of the requirement.

mod assertion_keys;
mod assertions;
mod bookkeeping;
mod documents;
mod forms;
mod grants;
mod guard;
mod secrets;
mod support;
mod tokens;
