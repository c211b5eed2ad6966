// An authorization server that is not ours: npm oidc-provider on a free loopback port.
//
//   node server.mjs CLIENTS.json TLS.json
//
// CLIENTS.json, written by the test, holds client metadata (RFC 7591 names) and is trusted. TLS.json holds PEM texts: `key` and
// `cert` of the second door, which speaks https and asks for certificates of clients, and `ca`, whose certificates it trusts.
// The first line on stdout is {"issuer": "http://127.0.0.1:PORT"}; from then on the server answers. It ends when its standard
// input does.

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Provider, errors } from 'oidc-provider';

const SCOPES = 'api.read api.write';
// The server knows it, and no client may have it.
const FORBIDDEN = 'api.admin';
const RESOURCE = 'https://api.example.com';
// Its tokens are opaque: this server looks at no others when it is asked about one.
const OPAQUE = 'https://opaque.example.com';

const clients = JSON.parse(readFileSync(process.argv[2], 'utf8')).map((client) => ({
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  scope: SCOPES,
  ...client,
}));

const tls = JSON.parse(readFileSync(process.argv[3], 'utf8'));

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signingKey = { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'interop-1' };

// A client asks about its own tokens and gives back its own.
const own = (ctx, client, token) => token.clientId === client.clientId;

const configuration = {
  clients,
  clientAuthMethods: [
    'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt',
    'tls_client_auth', 'self_signed_tls_client_auth',
  ],
  clientDefaults: { id_token_signed_response_alg: 'ES256', introspection_signed_response_alg: 'ES256' },
  enabledJWA: { clientAuthSigningAlgValues: ['HS256', 'ES256', 'RS256', 'EdDSA'] },
  jwks: { keys: [signingKey] },
  scopes: [...SCOPES.split(' '), FORBIDDEN],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: own },
    jwtIntrospection: { enabled: true },
    mTLS: {
      enabled: true,
      certificateBoundAccessTokens: true,
      selfSignedTlsClientAuth: true,
      tlsClientAuth: true,
      getCertificate: (ctx) => ctx.socket.getPeerX509Certificate?.(),
      certificateAuthorized: (ctx) => ctx.socket.authorized === true,
      certificateSubjectMatches: (ctx, property, expected) => property === 'tls_client_auth_subject_dn'
        && ctx.socket.getPeerX509Certificate().subject === expected,
    },
    revocation: { enabled: true, allowedPolicy: own },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      getResourceServerInfo: (ctx, resource) => {
        if (resource !== RESOURCE && resource !== OPAQUE) {
          throw new errors.InvalidTarget();
        }
        return {
          scope: `${SCOPES} ${FORBIDDEN}`,
          audience: resource,
          accessTokenFormat: resource === OPAQUE ? 'opaque' : 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'ES256' } },
        };
      },
    },
  },
};

// The issuer has the port in it, so the ports come first and the provider second. Whoever has no certificate that the CA has
// issued gets in all the same: the provider is the one to judge.
const server = createServer();
const door = createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: false });
door.listen(0, '127.0.0.1', () => server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const alias = (path) => `https://127.0.0.1:${door.address().port}${path}`;
  configuration.discovery = {
    mtls_endpoint_aliases: {
      token_endpoint: alias('/token'),
      introspection_endpoint: alias('/token/introspection'),
      revocation_endpoint: alias('/token/revocation'),
    },
  };
  const answer = new Provider(issuer, configuration).callback();
  server.on('request', answer);
  door.on('request', answer);
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
}));

// The test reads one line; what the provider has to remark later goes nowhere, and must not end it.
process.stdout.on('error', () => {});

// The test holds the other end: whatever happens to it, nothing stays behind.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
