import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { outboundTexts, t } from "./strings.ts";

/** Does something with a campaign's contact; what the server refuses is said in the panel's words. @returns whether it was done */
export async function attempt(
	workspace: Workspace,
	{ id }: LiveInteraction,
	work: () => Promise<void>,
): Promise<boolean> {
	let isDone = false;
	await workspace.attempt(`call-back.${id}`, async () => {
		try {
			await work();
			isDone = true;
		} catch (error) {
			const code = (error as { code?: string }).code ?? "";
			if (!Object.hasOwn(outboundTexts.en, code)) throw error;
			workspace.toasts.show({ tone: "bad", text: t(code as "outbound.dnc") }, 8000);
		}
	});
	return isDone;
}
