//! The ExecCredential object that kubectl expects of a credential plugin.

use super::line;
use crate::error::{Error, Result};
use crate::output::time::rfc3339;
use crate::output::token::TokenView;
use serde::Serialize;
use serde_json::Value;
use std::ffi::OsStr;
use zeroize::Zeroizing;

/// The versions of the object, which differ in nothing that is used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ApiVersion {
    V1,
    V1Beta1,
}

impl ApiVersion {
    const ALL: [Self; 2] = [Self::V1, Self::V1Beta1];

    /// `client.authentication.k8s.io/v1`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "client.authentication.k8s.io/v1",
            Self::V1Beta1 => "client.authentication.k8s.io/v1beta1",
        }
    }

    /// The version that `KUBERNETES_EXEC_INFO` asks for, an ExecCredential itself; v1 where nobody asks.
    ///
    /// # Errors
    ///
    /// Exit 3 for another version, or something else than an ExecCredential.
    pub(crate) fn requested(info: Option<&OsStr>) -> Result<Self> {
        let Some(info) = info.filter(|info| !info.is_empty()) else {
            return Ok(Self::V1);
        };
        let document: Option<Value> = info
            .to_str()
            .and_then(|text| serde_json::from_str(text).ok());
        let version = document
            .as_ref()
            .and_then(|document| document.get("apiVersion")?.as_str());
        let known = Self::ALL
            .into_iter()
            .find(|known| Some(known.as_str()) == version);
        known.ok_or_else(|| {
            let message = match version {
                Some(version) => {
                    format!("KUBERNETES_EXEC_INFO asks for {version}, which is not supported")
                }
                None => "KUBERNETES_EXEC_INFO is not an ExecCredential object".to_owned(),
            };
            let [v1, v1beta1] = Self::ALL.map(Self::as_str);
            Error::config(message)
                .detail(format!("supported: {v1} and {v1beta1}"))
                .hint(format!(
                    "set apiVersion in the exec section of the kubeconfig to {v1}"
                ))
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExecCredential<'a> {
    api_version: &'a str,
    kind: &'a str,
    status: ExecStatus<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExecStatus<'a> {
    token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_timestamp: Option<String>,
}

impl TokenView<'_> {
    /// The ExecCredential object, one line.
    ///
    /// # Errors
    ///
    /// As [`Self::raw`].
    pub(crate) fn exec_credential(&self, version: ApiVersion) -> Result<Zeroizing<String>> {
        let document = ExecCredential {
            api_version: version.as_str(),
            kind: "ExecCredential",
            status: ExecStatus {
                token: self.sendable()?,
                expiration_timestamp: self.expires_at.and_then(rfc3339),
            },
        };
        line(serde_json::to_string(&document))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::ApiVersion;
    use std::ffi::OsStr;

    fn requested(info: &str) -> Result<ApiVersion, String> {
        ApiVersion::requested(Some(OsStr::new(info))).map_err(|error| {
            assert_eq!(error.exit.code(), 3);
            format!("{} {}", error.message, error.details.join(" "))
        })
    }

    #[test]
    fn the_version_is_the_one_that_kubectl_asks_for() {
        assert_eq!(ApiVersion::requested(None).unwrap(), ApiVersion::V1);
        assert_eq!(requested(""), Ok(ApiVersion::V1));
        let info = |version: &str| {
            format!(
                r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{version}","spec":{{}}}}"#
            )
        };
        assert_eq!(requested(&info("v1")), Ok(ApiVersion::V1));
        assert_eq!(requested(&info("v1beta1")), Ok(ApiVersion::V1Beta1));
        for other in [&info("v1alpha1"), "{}", "nonsense", "[]"] {
            let told = requested(other).unwrap_err();
            assert!(
                told.contains("io/v1 and client.authentication.k8s.io/v1beta1"),
                "{told}"
            );
        }
    }
}
