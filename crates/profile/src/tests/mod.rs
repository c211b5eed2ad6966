#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod example;
mod layers;
mod mistakes;
mod secrets;

const FULL: &str = r#"default_profile = "billing"

[cache]
store = "memory"
key = "file"

[defaults]
timeout = "20s"

[profiles.billing]
enabled = true
environment = "prod"
issuer = "https://auth.example.com"
client_id = "billing-batch"
auth_method = "private_key_jwt"
scopes = ["api.read", "api.write api.read"]
audience = "one"
resource = ["https://api.example.com"]
match = ["https://api.example.com/"]
basic_encoding = "raw"
send_client_id = true
min_ttl = "5s"
dpop = false

[profiles.billing.assertion]
alg = "ES256"
kid = "2026-10"
private_key = { file = "billing.pem" }
lifetime = "2m"

[profiles.billing.mtls]
enabled = false
cert = "client.pem"

[profiles.billing.params]
tenant = "canary"

[profiles.billing.headers]
X-Key = "canary"

[profiles.ping]
client_secret = { command = ["vault", "canary"] }
"#;
