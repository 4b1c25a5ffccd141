import { StepRefused } from "@inlay/contract/scripter/run-steps";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { filled } from "../canned-responses/offered.ts";
import { factsOf, noteUse, readOffered } from "../canned-responses/offered-here.ts";
import { writingPlaces } from "../canned-responses/place.ts";
import { t } from "./strings.ts";

/**
 * Puts a canned response where the agent writes to the customer, as if they had chosen it there; where the customer is spoken
 * with, it is what to say (agent-features 17, "Actions").
 *
 * @returns what is to be said, where it is spoken
 * @throws StepRefused where no such response is offered here, or nothing is being written
 */
export async function insertResponse(
	responseId: string,
	workspace: Workspace,
	call: LiveInteraction,
): Promise<string | undefined> {
	const medium = call.media === "email" || call.media === "message" ? call.media : undefined;
	const found = (await readOffered(workspace, call, medium)).find(({ id }) => id === responseId);
	if (!found) throw new StepRefused(t("noResponse"));
	const response = filled(found, factsOf(workspace, call));
	if (medium) {
		const place = writingPlaces.of(call.id);
		if (!place) throw new StepRefused(t("noAnswer"));
		place.put(response, 0);
	}
	noteUse(workspace, call, found);
	return medium ? undefined : response.text;
}
