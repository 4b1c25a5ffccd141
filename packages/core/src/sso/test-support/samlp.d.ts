/** As much of `samlp`, which brings no types, as the tests use. */
declare module "samlp" {
	interface ProfileMapper {
		getClaims(): Record<string, unknown>;
		getNameIdentifier(): { nameIdentifier: string; nameIdentifierFormat: string };
	}
	interface Options {
		issuer: string;
		cert: string;
		key: string;
		audience: string;
		recipient: string;
		destination: string;
		inResponseTo?: string;
		lifetimeInSeconds: number;
		signatureAlgorithm: string;
		digestAlgorithm: string;
		signAssertion?: boolean;
		signResponse?: boolean;
		samlStatusCode?: string;
		authnContextClassRef?: string;
		profileMapper: (user: unknown) => ProfileMapper;
	}
	export function getSamlResponse(
		options: Options,
		user: unknown,
		done: (error: Error | null, response: string) => void,
	): void;
	export function parseRequest(
		request: { method: string; query: Record<string, string> },
		done: (
			error: Error | null,
			read: { id: string; issuer: string; assertionConsumerServiceURL: string; destination: string },
		) => void,
	): void;
}
