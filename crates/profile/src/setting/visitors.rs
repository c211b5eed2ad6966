//! What is done with every setting: read from the file, overlaid by environment and flags, listed.

use super::{Check, Kind, Setting, Slot, Visitor};
use crate::document::Section;
use crate::environment::Environment;
use crate::error::Result;
use crate::finding::{Finding, Located};
use crate::inputs::Overrides;
use crate::origin::{Origin, Sourced};

/// Reads what a table of the configuration file sets. What is wrong becomes a finding, so nothing fails.
pub(crate) struct FromFile<'a> {
    pub(crate) section: Section<'a>,
    pub(crate) findings: &'a mut Vec<Located>,
}

impl Visitor for FromFile<'_> {
    fn visit<K: Kind, S: Slot<Value = K::Value>>(
        &mut self,
        setting: &Setting,
        slot: &mut S,
        check: Check<K::Value>,
    ) -> Result<()> {
        let key = setting.key;
        let (Some(found), Some(value)) = (
            K::from_file(self.section, key, self.findings),
            self.section.get(key),
        ) else {
            return Ok(());
        };
        match check(&found.value) {
            Ok(()) => slot.set(found),
            Err(reason) => {
                let finding = Finding::fail("config.value", format!("`{key}`: {}", reason.text))
                    .remedy_if(reason.hint.map(str::to_owned));
                let at = value.span().start;
                self.findings.push(self.section.source.locate(finding, at));
            }
        }
        Ok(())
    }
}

/// Lays the environment and then the flags over what the file says.
pub(crate) struct Overlay<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) flags: &'a Overrides,
}

impl Visitor for Overlay<'_> {
    fn visit<K: Kind, S: Slot<Value = K::Value>>(
        &mut self,
        setting: &Setting,
        slot: &mut S,
        check: Check<K::Value>,
    ) -> Result<()> {
        let found = match self.flag::<K>(setting)? {
            None => K::from_environment(setting, self.environment)?,
            found => found,
        };
        if let Some(found) = found {
            check(&found.value).map_err(|reason| reason.at(&found.origin))?;
            slot.set(found);
        }
        Ok(())
    }
}

impl Overlay<'_> {
    fn flag<K: Kind>(&self, setting: &Setting) -> Result<Option<Sourced<K::Value>>> {
        let Some(flag) = setting.flag else {
            return Ok(None);
        };
        let Some(given) = self.flags.get(flag) else {
            return Ok(None);
        };
        let origin = Origin::Flag(flag);
        match K::from_flag(given) {
            Ok(value) => Ok(Some(Sourced::new(value, origin))),
            Err(reason) => Err(reason.at(&origin)),
        }
    }
}

/// Lists the settings as they are declared.
#[derive(Default)]
pub(crate) struct Declarations(pub(crate) Vec<Setting>);

impl Visitor for Declarations {
    fn visit<K: Kind, S: Slot<Value = K::Value>>(
        &mut self,
        setting: &Setting,
        _slot: &mut S,
        _check: Check<K::Value>,
    ) -> Result<()> {
        self.0.push(*setting);
        Ok(())
    }
}

impl Declarations {
    /// Those that `visit` visits.
    pub(crate) fn of(visit: impl FnOnce(&mut Self) -> Result<()>) -> Self {
        let mut declarations = Self::default();
        // Nothing fails on the way: the visitor only lists.
        let _listed = visit(&mut declarations);
        declarations
    }

    /// The keys, in order.
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        self.0.iter().map(|setting| setting.key).collect()
    }
}
