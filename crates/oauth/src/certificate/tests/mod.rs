#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod client;
mod names;
#[cfg(unix)]
mod ocsp;
#[cfg(unix)]
mod openssl;
mod pem;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};

/// A certificate with its key, as PEM.
struct Made {
    cert: String,
    key: String,
    params: CertificateParams,
    pair: KeyPair,
}

impl Made {
    fn document(&self) -> Vec<u8> {
        format!("{}{}", self.cert, self.key).into_bytes()
    }
}

/// What a client's certificate is made of when nothing is wrong with it.
fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2019, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}

fn ca(name: &str) -> CertificateParams {
    let mut params = params(name);
    params.extended_key_usages.clear();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn self_signed(params: CertificateParams) -> Made {
    let pair = KeyPair::generate().unwrap();
    let cert = params.self_signed(&pair).unwrap().pem();
    made(cert, params, pair)
}

fn issued(params: CertificateParams, by: &Made) -> Made {
    let pair = KeyPair::generate().unwrap();
    let issuer = Issuer::from_params(&by.params, &by.pair);
    let cert = params.signed_by(&pair, &issuer).unwrap().pem();
    made(cert, params, pair)
}

fn made(cert: String, params: CertificateParams, pair: KeyPair) -> Made {
    Made {
        cert,
        key: pair.serialize_pem(),
        params,
        pair,
    }
}
