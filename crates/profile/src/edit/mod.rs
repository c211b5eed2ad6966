//! Changes to the configuration file: one at a time, comments and order kept, and never a file that could not be read back.

mod locked;
mod new_profile;
mod text;

pub use new_profile::NewProfile;

use crate::document::Source;
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::nearest::nearest;
use crate::profile::Profile;
use crate::tool::Tool;
use crate::{Inputs, file, finding, home, paths};
use jeton_files::Privacy;
use locked::Locked;
use std::path::Path;

/// Adds a profile to the configuration file, which is made where there is none; with `default`, it becomes the default profile.
///
/// # Errors
/// Exit 3: there is a profile of this name, or the file cannot be written. Exit 2: the profile would not be valid.
pub fn add(inputs: &Inputs, new: &NewProfile, default: bool) -> Result<()> {
    change(inputs, |file, text| {
        let profiles = file.profiles(text)?;
        new.require_free(&profiles)?;
        let text = text::with_profile(text, new)?;
        file.profiles(&text).map_err(NewProfile::invalid)?;
        match default {
            true => text::with_default(&text, &new.name),
            false => Ok(text),
        }
    })
}

/// The profile as [`add`] would make it. Nothing is written.
///
/// # Errors
/// As [`add`].
pub fn preview(inputs: &Inputs, new: &NewProfile) -> Result<Profile> {
    let file = File::of(inputs)?;
    let text = text::with_profile("", new)?;
    let profiles = file.profiles(&text).map_err(NewProfile::invalid)?;
    let made = profiles.into_iter().next();
    made.ok_or_else(|| Error::usage("a profile needs a name"))
}

/// Makes a profile the default one.
///
/// # Errors
/// Exit 3: there is no such profile, or the file cannot be written.
pub fn set_default(inputs: &Inputs, name: &str) -> Result<()> {
    change(inputs, |file, text| {
        require_present(&file.profiles(text)?, name)?;
        text::with_default(text, name)
    })
}

/// Removes a profile, and `default_profile` where it names that.
///
/// # Errors
/// Exit 3: there is no such profile, or the file cannot be written.
pub fn remove(inputs: &Inputs, name: &str) -> Result<()> {
    change(inputs, |file, text| {
        require_present(&file.profiles(text)?, name)?;
        text::without_profile(text, name)
    })
}

fn change(inputs: &Inputs, edit: impl FnOnce(&File<'_>, &str) -> Result<String>) -> Result<()> {
    let file = File::of(inputs)?;
    let path = inputs.config_path()?.value;
    let locked = Locked::open(&path)?;
    let changed = edit(&file, locked.text())?;
    // Whatever the edit did: what is written can be read.
    file.profiles(&changed)?;
    locked.write(&changed)
}

/// Reads texts as the configuration file would be read.
struct File<'a> {
    inputs: &'a Inputs,
    environment: Environment,
}

impl<'a> File<'a> {
    fn of(inputs: &'a Inputs) -> Result<Self> {
        Ok(Self {
            inputs,
            environment: inputs.environment()?,
        })
    }

    /// The profiles of a text.
    fn profiles(&self, text: &str) -> Result<Vec<Profile>> {
        let place = paths::config(self.inputs, &self.environment).map(|place| place.path);
        let path = place.as_ref().map_or(Path::new(""), |path| &path.value);
        let source = Source::new(path, text, Privacy::Private, home::home(&self.environment));
        let mut tool = Tool::read(self.inputs, &self.environment, place.clone())?;
        let mut findings = Vec::new();
        let content = file::read(&source, &mut tool, &mut findings);
        finding::failure(&findings).map_or(Ok(content.profiles), Err)
    }
}

fn require_present(profiles: &[Profile], name: &str) -> Result<()> {
    let names = || profiles.iter().map(|profile| profile.name.as_str());
    if names().any(|known| known == name) {
        return Ok(());
    }
    let error = Error::config(format!("no profile {name} in the configuration file"));
    Err(match nearest(name, names()) {
        Some(near) => error.hint(format!("did you mean {near}?")),
        None => error.hint("`jeton profile list` names them"),
    })
}
