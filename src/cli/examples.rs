//! Examples of every command, as its `--help` and its manual page show them.

/// Examples, each a line to type and what it does. A test parses every one of them.
pub(super) const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "jeton",
        &[
            (
                "jeton token get --embedded",
                "try it with nothing configured",
            ),
            (
                "jeton token get",
                "the token of the default profile, masked",
            ),
            ("eval \"$(jeton export env)\"", "put it into this shell"),
        ],
    ),
    (
        "jeton token",
        &[
            (
                "jeton token get -p billing",
                "a token for the profile `billing`",
            ),
            (
                "jeton token decode @token.txt",
                "what the token in a file says",
            ),
            (
                "jeton token verify -p billing",
                "whether the cached token of a profile holds",
            ),
        ],
    ),
    (
        "jeton token get",
        &[
            (
                "jeton token get -p billing",
                "the panel, with the token masked",
            ),
            (
                "curl -H \"$(jeton token get -q -o header)\" https://api.example.com/",
                "a header for curl",
            ),
            (
                "jeton token get --for https://api.example.com/v1/ -o raw",
                "the token of the profile for this URL",
            ),
            (
                "jeton token get --fresh --scope 'api.read api.write'",
                "a new token with other scopes",
            ),
            (
                "jeton token get --min-ttl 10m --require-scope api.read --json",
                "for a script that needs ten minutes",
            ),
        ],
    ),
    (
        "jeton token decode",
        &[
            (
                "jeton token get -o raw | jeton token decode",
                "what the token says",
            ),
            (
                "jeton token decode @token.txt",
                "from a file: it stays out of the process list and the history",
            ),
            (
                "jeton token decode -p billing -o json",
                "the cached token of a profile, as JSON",
            ),
            (
                "jeton token decode --embedded",
                "try it with nothing configured",
            ),
        ],
    ),
    (
        "jeton token verify",
        &[
            (
                "jeton token verify -p billing @token.txt",
                "with the keys of the profile's issuer, for the profile's resource",
            ),
            (
                "jeton token verify --iss https://auth.example.com --aud https://api.example.com @token.txt",
                "with the keys of an issuer that is not configured",
            ),
            (
                "jeton token verify --jwks keys.json --signature-only @token.txt",
                "the signature alone, without a network",
            ),
            (
                "jeton token verify --key issuer.pem --at 2026-11-21T00:30:00Z @token.txt",
                "whether it held at that time",
            ),
            (
                "jeton token verify --embedded --aud https://other.example.com",
                "try it with nothing configured, and see a rule fail",
            ),
        ],
    ),
    (
        "jeton token introspect",
        &[
            (
                "jeton token introspect -p billing",
                "what the server says of the cached token",
            ),
            (
                "jeton token introspect -p billing --jwt @token.txt",
                "with a signed answer, verified",
            ),
            (
                "jeton token introspect -p billing --check @token.txt",
                "by exit code, for scripts",
            ),
        ],
    ),
    (
        "jeton token revoke",
        &[
            (
                "jeton token revoke -p billing",
                "revoke the cached token of a profile",
            ),
            (
                "jeton token revoke -p billing @token.txt",
                "revoke the token in a file",
            ),
        ],
    ),
    (
        "jeton auth",
        &[
            ("jeton auth status", "every profile at a glance"),
            (
                "jeton auth login -p billing",
                "store the secret of a profile",
            ),
        ],
    ),
    (
        "jeton auth status",
        &[
            ("jeton auth status", "every profile at a glance"),
            (
                "jeton auth status -p billing --check",
                "by exit code alone, for scripts",
            ),
            (
                "jeton auth status --live --json",
                "ask the servers, answer as JSON",
            ),
            (
                "jeton auth status --embedded --live",
                "try it with nothing configured",
            ),
        ],
    ),
    (
        "jeton auth login",
        &[
            (
                "jeton auth login -p billing",
                "asks for the secret without echo",
            ),
            (
                "vault kv get -field=secret kv/billing | jeton auth login -p billing",
                "from a pipe",
            ),
        ],
    ),
    (
        "jeton auth logout",
        &[(
            "jeton auth logout -p billing",
            "forget the secret and the cached tokens",
        )],
    ),
    (
        "jeton jwks",
        &[(
            "jeton jwks test https://auth.example.com/jwks.json",
            "judge a key set",
        )],
    ),
    (
        "jeton jwks test",
        &[
            (
                "jeton jwks test -p billing",
                "the key set of the profile's issuer, and what its metadata announces",
            ),
            (
                "jeton jwks test --issuer https://auth.example.com --strict",
                "before a rollout: warnings fail too",
            ),
            (
                "jeton token get -q -o raw | jeton jwks test --token -",
                "which key verifies this token, and why the others do not",
            ),
            (
                "jeton jwks test ./jwks.json -o json",
                "a file before it is published, for a script",
            ),
            (
                "jeton jwks test -p billing --diff ./last-week.json",
                "what was added, removed and changed",
            ),
            (
                "jeton jwks test -p billing --watch --interval 10s --token @token.txt",
                "look on while keys rotate, and say whom it would have hurt",
            ),
            (
                "jeton jwks test --embedded",
                "try it with nothing configured",
            ),
        ],
    ),
    (
        "jeton mtls",
        &[(
            "jeton mtls probe https://auth.example.com/token",
            "what the server asks for in the handshake",
        )],
    ),
    (
        "jeton mtls probe",
        &[
            (
                "jeton mtls probe -p billing",
                "the token endpoint of a profile",
            ),
            (
                "jeton mtls probe https://mtls.example.com/token --cert client.pem --key client.key",
                "what the server makes of this certificate",
            ),
            (
                "jeton mtls probe 127.0.0.1:8443 --ca-file ca.pem --strict",
                "a server of one's own; warnings fail too",
            ),
            ("jeton mtls probe api.example.com -o json", "for a script"),
        ],
    ),
    (
        "jeton export",
        &[(
            "eval \"$(jeton export env)\"",
            "put the token into this shell",
        )],
    ),
    (
        "jeton export env",
        &[
            ("eval \"$(jeton export env)\"", "sh, bash, zsh"),
            ("jeton export env --format fish | source", "fish"),
            (
                "jeton export env --name API_TOKEN --file .env",
                "into a .env file",
            ),
            (
                "jeton export env --format github",
                "for the later steps of a GitHub job, masked in its log",
            ),
        ],
    ),
    (
        "jeton config",
        &[
            ("jeton config init", "start with a commented file"),
            ("jeton config show", "every value and where it came from"),
        ],
    ),
    (
        "jeton config init",
        &[
            ("jeton config init", "in the user's configuration folder"),
            (
                "jeton config init --config ./jeton.toml",
                "at another place",
            ),
        ],
    ),
    (
        "jeton config show",
        &[
            ("jeton config show -p billing", "one profile"),
            ("jeton config show --json", "for a script"),
            (
                "jeton config show --embedded",
                "what --embedded puts in place of a profile",
            ),
        ],
    ),
    (
        "jeton config check",
        &[(
            "jeton config check --config ./jeton.toml",
            "before it is rolled out",
        )],
    ),
    (
        "jeton config path",
        &[("$EDITOR \"$(jeton config path)\"", "edit the configuration")],
    ),
    (
        "jeton cache",
        &[
            ("jeton cache list", "what is kept"),
            (
                "jeton cache explain -p billing",
                "why a request hits or misses",
            ),
        ],
    ),
    (
        "jeton cache list",
        &[("jeton cache list --json", "for a script")],
    ),
    (
        "jeton cache explain",
        &[(
            "jeton cache explain -p billing --scope api.read",
            "what decides this request's entry",
        )],
    ),
    (
        "jeton cache clear",
        &[
            ("jeton cache clear -p billing", "the tokens of one profile"),
            ("jeton cache clear", "all of them"),
        ],
    ),
    (
        "jeton doctor",
        &[
            ("jeton doctor", "why the default profile has no token"),
            (
                "jeton doctor -p billing --no-request",
                "everything up to the request: no credential is sent",
            ),
            (
                "jeton doctor --token @token.txt",
                "what is wrong with a token that is refused",
            ),
            (
                "jeton doctor -p billing --bundle report",
                "a report to hand on, without secrets",
            ),
            (
                "jeton doctor --json | jq -r .diagnosis.code",
                "the reason in one word, for scripts",
            ),
            ("jeton doctor --embedded", "try it with nothing configured"),
        ],
    ),
    (
        "jeton serve",
        &[
            ("jeton serve --dev", "try the authority"),
            (
                "jeton serve --data /srv/authority --issuer https://auth.example.com --listen 127.0.0.1:8080",
                "behind a proxy that ends TLS",
            ),
        ],
    ),
    (
        "jeton completions",
        &[
            (
                "jeton completions bash > ~/.local/share/bash-completion/completions/jeton",
                "bash",
            ),
            (
                "jeton completions fish > ~/.config/fish/completions/jeton.fish",
                "fish",
            ),
        ],
    ),
    (
        "jeton man",
        &[
            ("jeton man | man -l -", "read it at once"),
            (
                "jeton man --dir /usr/local/share/man/man1",
                "install every page",
            ),
        ],
    ),
];
