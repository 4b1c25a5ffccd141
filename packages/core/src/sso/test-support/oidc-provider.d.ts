/** As much of `oidc-provider`, which brings no types, as the tests use. */
declare module "oidc-provider" {
	import type { RequestListener } from "node:http";

	export interface Interaction {
		uid: string;
		prompt: { name: string };
		params: Record<string, string>;
		returnTo: string;
		result?: object;
		persist(): Promise<void>;
	}
	export interface Account {
		accountId: string;
		claims(): Record<string, unknown>;
	}
	export class Provider {
		constructor(issuer: string, configuration: object);
		callback(): RequestListener;
		on(event: string, listener: (...told: never[]) => void): void;
		interactionDetails(request: unknown, response: unknown): Promise<Interaction & { grantId?: string }>;
		interactionResult(request: unknown, response: unknown, result: object, options?: object): Promise<string>;
		Client: {
			find(id: string): Promise<{ backchannelLogout(subject: string, session: string): Promise<void> } | undefined>;
		};
		Grant: new (of: {
			accountId: string;
			clientId: string;
		}) => {
			addOIDCScope(scope: string): void;
			save(): Promise<string>;
		};
	}
}
