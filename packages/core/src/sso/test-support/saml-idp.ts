import { promisify } from "node:util";
import { getSamlResponse, parseRequest } from "samlp";
import { samlKeys } from "./saml-keys.ts";

/** The provider's entity id. */
export const samlIssuer = "https://idp.acme.example/saml";

export interface SamlPerson {
	nameId: string;
	/** Persistent, unless told. */
	nameIdFormat?: "transient";
	attributes: Record<string, unknown>;
}

/** What of an honest answer is otherwise. */
export interface Otherwise {
	issuer?: string;
	audience?: string;
	recipient?: string;
	inResponseTo?: string;
	signedBy?: { key: string; certificate: string };
	signAssertion?: boolean;
	signResponse?: boolean;
	algorithm?: "sha256" | "sha1";
	status?: string;
}

/**
 * npm's `samlp`, which nobody here wrote, as a provider: reads the request that this server sends browsers with, and makes the
 * form that its page would post.
 */
export async function answerOf(
	address: string,
	person: SamlPerson,
	otherwise: Otherwise = {},
): Promise<{ SAMLResponse: string; RelayState: string }> {
	const query = Object.fromEntries(new URL(address).searchParams);
	const asked = await promisify(parseRequest)({ method: "GET", query });
	const { key, certificate } = otherwise.signedBy ?? samlKeys.first;
	const algorithm = otherwise.algorithm ?? "sha256";
	const response = await promisify(getSamlResponse)(
		{
			issuer: otherwise.issuer ?? samlIssuer,
			cert: certificate,
			key,
			audience: otherwise.audience ?? asked.issuer,
			recipient: otherwise.recipient ?? asked.assertionConsumerServiceURL,
			destination: asked.assertionConsumerServiceURL,
			inResponseTo: otherwise.inResponseTo ?? asked.id,
			lifetimeInSeconds: 120,
			signatureAlgorithm: `rsa-${algorithm}`,
			digestAlgorithm: algorithm,
			signAssertion: otherwise.signAssertion ?? true,
			signResponse: otherwise.signResponse ?? false,
			...(otherwise.status ? { samlStatusCode: otherwise.status } : {}),
			profileMapper: () => ({
				getClaims: () => person.attributes,
				getNameIdentifier: () => ({
					nameIdentifier: person.nameId,
					nameIdentifierFormat: `urn:oasis:names:tc:SAML:2.0:nameid-format:${person.nameIdFormat ?? "persistent"}`,
				}),
			}),
		},
		person,
	);
	return { SAMLResponse: Buffer.from(response).toString("base64"), RelayState: query.RelayState ?? "" };
}

/** Alters an answer after it was made. */
export function altered<T extends { SAMLResponse: string }>(answer: T, alter: (xml: string) => string): T {
	const xml = Buffer.from(answer.SAMLResponse, "base64").toString("utf8");
	const after = alter(xml);
	if (after === xml) throw new Error("Nothing was altered.");
	return { ...answer, SAMLResponse: Buffer.from(after).toString("base64") };
}
