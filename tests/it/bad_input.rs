//! Input that is meant to harm: bounded in memory and time (`Invocation::bounded`), harmless on a terminal, with words and
//! an exit code of its own.

mod answers;
mod key_sets;
mod probes;
mod tokens;
