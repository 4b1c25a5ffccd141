import { type Loss, lossOf, removed } from "../../session/losses.ts";
import type { OAuthClient } from "../../session/wire.ts";
import { lines } from "../deployments/draft.ts";
import type { ClientForm } from "./client-form.ts";

/** What a save of a client takes from whoever signs in with it, by the name of its text. */
export type ClientLoss = "losesClient" | "losesGrant" | "losesUris" | "losesScopes" | "losesRoles";

/** Nobody uses a client that is out of use. */
export function clientLosses(read: OAuthClient, before: ClientForm, after: ClientForm): Array<Loss<ClientLoss>> {
	if (read.state !== "active") return [];
	if (!after.active) return [{ code: "losesClient", names: [] }];
	if (before.grant !== after.grant) return [{ code: "losesGrant", names: [] }];
	if (after.grant === "CLIENT-CREDENTIALS") {
		const count = removed(before.roleIds, after.roleIds).length;
		return count > 0 ? [{ code: "losesRoles", names: [] }] : [];
	}
	return [
		...lossOf("losesUris", removed(lines(before.redirectUris), lines(after.redirectUris))),
		...lossOf("losesScopes", removed(before.scopes, after.scopes)),
	];
}
