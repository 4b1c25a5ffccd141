import type { Profile } from "@node-saml/node-saml";
import { SsoRefused } from "./model.ts";

/** Characters of an answer in base64. */
const mostCharacters = 400_000;
/** SHA-1 can be made to collide. */
const weak = /#(rsa-sha1|dsa-sha1|hmac-sha1|sha1|ecdsa-sha1|rsa-md5|md5)["']/;
/** What brings entities, which an answer needs none of. */
const declares = /<!(DOCTYPE|ENTITY)/i;

/** Refuses what is not even looked at. @throws SsoRefused */
export function requireSoundXml(base64: string): void {
	if (base64 === "" || base64.length > mostCharacters) throw unproven("no answer, or one that is too long");
	const xml = Buffer.from(base64, "base64").toString("utf8");
	if (declares.test(xml)) throw unproven("a document type");
	if (weak.test(xml)) throw unproven("signed by SHA-1: set the provider to SHA-256");
}

/** What stands in the envelope, which need not be signed: it lets nobody in, and can only refuse. */
interface Envelope {
	Response?: {
		$?: { Destination?: string };
		Status?: Array<{ StatusCode?: Array<{ $?: { Value?: string } }> }>;
	};
}

/**
 * A good assertion in an answer that says no, or that was sent to somebody else (Core 3.2.2), counts for nothing.
 * @param envelope the answer, parsed, without prefixes
 * @throws SsoRefused
 */
export function requireFitEnvelope(envelope: unknown, { recipient }: { recipient: string }): void {
	const { $: attributes, Status: statuses = [] } = (envelope as Envelope).Response ?? {};
	const codes = statuses.map(({ StatusCode: [code] = [] }) => code?.$?.Value);
	if (codes.length !== 1 || codes[0] !== "urn:oasis:names:tc:SAML:2.0:status:Success")
		throw new SsoRefused("sso-provider-refused", { detail: "the status of the answer is not Success" });
	const destination = attributes?.Destination;
	if (destination !== undefined && destination !== recipient) throw unproven("sent to another address (Destination)");
}

/** What stands in the part of an answer whose signature was verified. */
interface Parsed {
	Assertion?: {
		$?: { ID?: string };
		Subject?: Array<{
			SubjectConfirmation?: Array<{
				$?: { Method?: string };
				SubjectConfirmationData?: Array<{ $?: { Recipient?: string; InResponseTo?: string; NotOnOrAfter?: string } }>;
			}>;
		}>;
		Conditions?: Array<{ AudienceRestriction?: unknown[] }>;
		AuthnStatement?: unknown[];
	};
}

/**
 * What the library leaves to chance: the assertion itself, not the envelope around it, says whom it was sent to and which
 * request it answers (Profiles 4.1.4.2), for whom it is, and that somebody has signed in.
 * @returns the assertion's id, by which it counts once, and until when that is asked
 * @throws SsoRefused
 */
export function readBearer(
	profile: Profile,
	{ recipient, requestId }: { recipient: string; requestId: string },
): { id: string; until: Date } {
	const { Assertion: assertion } = (profile.getAssertion?.() ?? {}) as Parsed;
	const id = assertion?.$?.ID;
	if (!assertion || !id) throw unproven("an assertion without an id");
	if (!profile.nameID) throw unproven("no NameID");
	if (!assertion.Conditions?.[0]?.AudienceRestriction) throw unproven("no audience");
	if (!assertion.AuthnStatement) throw unproven("nobody has signed in");
	const confirmations = assertion.Subject?.[0]?.SubjectConfirmation ?? [];
	const bearer = confirmations.find(({ $ }) => $?.Method === "urn:oasis:names:tc:SAML:2.0:cm:bearer");
	const data = bearer?.SubjectConfirmationData?.[0]?.$;
	if (data?.Recipient !== recipient) throw unproven("sent to another address");
	if (data.InResponseTo !== requestId) throw unproven("an answer to another request");
	const until = new Date(data.NotOnOrAfter ?? "");
	if (Number.isNaN(until.getTime())) throw unproven("no end of validity");
	return { id, until };
}

function unproven(detail: string): SsoRefused {
	return new SsoRefused("sso-not-proven", { detail });
}
