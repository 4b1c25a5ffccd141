import type { BootAnswer, BootDeployment } from "@inlay/contract";
import { ApiError } from "../session/api.ts";
import { BootError, fetchBoot, fetchChoices } from "./boot-client.ts";
import type { PanelUrl } from "./panel-url.ts";
import type { SignInProblem } from "./sign-in-flow.ts";
import type { KeyValue } from "./storage.ts";

/** Where a tab keeps which of several deployments its agent has chosen. */
const chosenKey = "inlay.deployment";

export function keepChoice(store: KeyValue, deployment: string): void {
	store.setItem(chosenKey, deployment);
}

/** What an address without a deployment means for somebody: one, several to choose from, or none and why. */
export type Meant =
	| { boot: BootAnswer }
	| { choices: readonly BootDeployment[] }
	| { problem: SignInProblem | undefined };

/**
 * Asks the server which deployment is meant: the signed-in agent's groups decide (framework-contract 18), then what they
 * have chosen before. Rejects with ApiError when the token is over, else with BootError.
 */
export async function meantDeployment(url: PanelUrl, token: string, store: KeyValue): Promise<Meant> {
	const { choices, problem } = await fetchChoices(url, token).catch(readRefusal);
	const kept = store.getItem(chosenKey);
	const chosen = choices.length === 1 ? choices[0] : choices.find(({ id }) => id === kept);
	if (chosen) return { boot: await fetchBoot(url, chosen.id) };
	return choices.length > 1 ? { choices } : { problem };
}

function readRefusal(error: unknown): never {
	throw error instanceof BootError && error.status === 401 ? new ApiError(401, { message: error.message }) : error;
}
