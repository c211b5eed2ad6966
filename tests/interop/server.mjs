// An authorization server that is not ours: npm oidc-provider on a free loopback port.
//
//   node server.mjs CLIENTS.json
//
// CLIENTS.json, written by the test, holds client metadata (RFC 7591 names) and is trusted. The first line on stdout is
// {"issuer": "http://127.0.0.1:PORT"}; from then on the server answers. It ends when its standard input does.

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
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

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signingKey = { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'interop-1' };

// A client asks about its own tokens and gives back its own.
const own = (ctx, client, token) => token.clientId === client.clientId;

const configuration = {
  clients,
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
  clientDefaults: { id_token_signed_response_alg: 'ES256', introspection_signed_response_alg: 'ES256' },
  enabledJWA: { clientAuthSigningAlgValues: ['HS256', 'ES256', 'RS256', 'EdDSA'] },
  jwks: { keys: [signingKey] },
  scopes: [...SCOPES.split(' '), FORBIDDEN],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: own },
    jwtIntrospection: { enabled: true },
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

// The issuer has the port in it, so the port comes first and the provider second.
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on('request', new Provider(issuer, configuration).callback());
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
});

// The test reads one line; what the provider has to remark later goes nowhere, and must not end it.
process.stdout.on('error', () => {});

// The test holds the other end: whatever happens to it, nothing stays behind.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
