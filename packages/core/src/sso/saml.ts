import { type Profile, SAML, type SamlConfig, SamlStatusError, ValidateInResponseTo } from "@node-saml/node-saml";
import { parseXml2JsFromString } from "@node-saml/node-saml/lib/xml.js";
import type { Database } from "../kernel/database/database.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { readPerson } from "./claims.ts";
import { assertionStore } from "./identities-store.ts";
import { type IdentityProvider, type Person, type SamlTrust, SsoRefused } from "./model.ts";
import type { RoundTrip } from "./round-trip.ts";
import { readBearer, requireFitEnvelope, requireSoundXml } from "./saml-assertion.ts";

/** Clocks of this server and a provider may differ by so much, ms. */
const clockSkewMs = 60_000;

/** Addresses of this server that SAML providers are told of. */
export interface SamlAddresses {
	/** Where its answers are posted (assertion consumer service). */
	acs: string;
	/** Where one provider reads what this server is; also how this server calls itself to it. */
	metadataOf(provider: Pick<IdentityProvider, "id">): string;
}

/**
 * A provider that speaks SAML 2.0: the request by redirect, the answer by post, its assertion signed (Bindings 3.4 and 3.5,
 * Profiles 4.1). An answer counts for the request that this browser has begun, once; nobody is signed in who was not asked for.
 */
export function createSaml(parts: { clock: Clock; database: Database; addresses: SamlAddresses }) {
	const { clock, database, addresses } = parts;

	function speaker(
		provider: Pick<IdentityProvider, "id">,
		trust: SamlTrust,
		requestId: string,
		asksAgain = false,
	): SAML {
		const audience = trust.audience ?? addresses.metadataOf(provider);
		return new ClockedSaml(clock, {
			callbackUrl: addresses.acs,
			entryPoint: trust.signInUrl,
			issuer: audience,
			audience,
			idpCert: [...trust.certificates],
			idpIssuer: trust.issuer,
			wantAssertionsSigned: true,
			wantAuthnResponseSigned: false,
			acceptedClockSkewMs: clockSkewMs,
			identifierFormat: null,
			disableRequestedAuthnContext: true,
			forceAuthn: trust.forceAuthn || asksAgain,
			generateUniqueId: () => requestId,
			validateInResponseTo: ValidateInResponseTo.always,
			// Only what this browser has asked was asked; that it counts once is the store's and the sign-in's own matter.
			cacheProvider: {
				saveAsync: async (_key, value) => ({ value, createdAt: 0 }),
				getAsync: async (key) => (key === requestId ? new Date().toISOString() : null),
				removeAsync: async () => null,
			},
		});
	}

	/** Where the browser goes. `RelayState` names the round trip, and leads nowhere by itself. */
	function begin(provider: IdentityProvider, trust: SamlTrust, trip: RoundTrip, state: string): Promise<string> {
		const asksAgain = trip.request?.promptLogin ?? false;
		return speaker(provider, trust, trip.requestId, asksAgain).getAuthorizeUrlAsync(state, undefined, {});
	}

	/** Who has come back, proven by the provider's signature. @throws SsoRefused */
	async function finish(
		provider: IdentityProvider,
		trust: SamlTrust,
		trip: RoundTrip,
		fields: URLSearchParams,
	): Promise<Person> {
		const sent = fields.get("SAMLResponse") ?? "";
		requireSoundXml(sent);
		const profile = await speaker(provider, trust, trip.requestId)
			.validatePostResponseAsync({ SAMLResponse: sent })
			.then((read) => read.profile)
			.catch((cause: unknown) => {
				throw refusalOf(cause);
			});
		if (!profile) throw new SsoRefused("sso-not-proven", { detail: "no assertion" });
		if (profile.issuer !== trust.issuer) throw new SsoRefused("sso-not-proven", { detail: "issuer" });
		requireFitEnvelope(await envelopeOf(sent), { recipient: addresses.acs });
		const bearer = readBearer(profile, { recipient: addresses.acs, requestId: trip.requestId });
		const used = await database.change((trx) =>
			assertionStore.use(trx, provider.id, bearer.id, new Date(bearer.until.getTime() + clockSkewMs), clock.now()),
		);
		if (!used) throw new SsoRefused("sso-not-proven", { detail: "the assertion was used before" });
		if (profile.nameIDFormat === transient)
			throw new SsoRefused("sso-transient-name", { detail: "the provider has to send a persistent NameID" });
		return readPerson([toldBy(profile)], provider.claims, { issuer: trust.issuer, subject: profile.nameID });
	}

	return {
		begin,
		finish,
		/** What a provider reads to know this server (Metadata 2.4.4), in XML. */
		metadata: (provider: IdentityProvider & { trust: SamlTrust }) =>
			speaker(provider, provider.trust, "_none").generateServiceProviderMetadata(null),
	};
}

export type Saml = ReturnType<typeof createSaml>;

/** Goes by the clock that the server goes by. */
class ClockedSaml extends SAML {
	readonly #clock: Clock;

	constructor(clock: Clock, config: SamlConfig) {
		super(config);
		this.#clock = clock;
	}

	protected override checkTimestampsValidityError(
		_nowMs: number,
		notBefore: string,
		notOnOrAfter: string,
		maxTimeLimitMs?: number,
	): Error | null {
		return super.checkTimestampsValidityError(this.#clock.now().getTime(), notBefore, notOnOrAfter, maxTimeLimitMs);
	}
}

function envelopeOf(base64: string): Promise<unknown> {
	return parseXml2JsFromString(Buffer.from(base64, "base64").toString("utf8"));
}

/** Another name each time (Core 8.3.8): nobody is known again by it. */
const transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

/** Of a name id that may be an address; others only look like one, as an opaque one with a scope does. */
const addressFormat = /:(emailAddress|unspecified)$/;

/** Attributes by their names, and the name id by its format, as many providers tell the address by it alone. */
function toldBy({ nameID, nameIDFormat, attributes }: Profile): Record<string, unknown> {
	const told = { ...((attributes ?? {}) as Record<string, unknown>) };
	const isAddress = nameID.includes("@") && (!nameIDFormat || addressFormat.test(nameIDFormat));
	return isAddress && told.email === undefined ? { nameID, email: nameID, ...told } : { nameID, ...told };
}

function refusalOf(cause: unknown): SsoRefused {
	const text = cause instanceof Error ? cause.message : "unreadable";
	// The provider's own no stands in its status.
	if (cause instanceof SamlStatusError) return new SsoRefused("sso-provider-refused", { detail: plain(text), cause });
	return new SsoRefused("sso-not-proven", { detail: plain(text), cause });
}

/** The library's sentences hold no secret; what a stranger wrote into an answer is cut short. */
function plain(text: string): string {
	return text.replaceAll(/[^\w .,:'/-]/g, " ").slice(0, 150);
}
