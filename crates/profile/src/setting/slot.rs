//! Where a setting is kept: with a default, or without.

use crate::origin::Sourced;

/// Where the value of a setting is kept.
pub(crate) trait Slot {
    /// The type of the value.
    type Value;

    /// Replaces the value.
    fn set(&mut self, value: Sourced<Self::Value>);

    /// The value; `None` where there is none and no default either.
    fn get(&self) -> Option<&Sourced<Self::Value>>;
}

impl<T> Slot for Sourced<T> {
    type Value = T;

    fn set(&mut self, value: Self) {
        *self = value;
    }

    fn get(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T> Slot for Option<Sourced<T>> {
    type Value = T;

    fn set(&mut self, value: Sourced<T>) {
        *self = Some(value);
    }

    fn get(&self) -> Option<&Sourced<T>> {
        self.as_ref()
    }
}
