//! The form of a request: its parameters in order, their values zeroed on drop.

use jeton_oauth::form;
use zeroize::Zeroizing;

/// Form parameters.
#[derive(Clone, Default)]
pub(crate) struct Params(Vec<(String, Zeroizing<String>)>);

impl Params {
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.0
            .push((name.to_owned(), Zeroizing::new(value.to_owned())));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body of a request.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut text = form::encode(self.iter());
        Zeroizing::new(std::mem::take(&mut *text).into_bytes())
    }
}
