/** Joins the panel to the CRM page around it. `inlay build framework.ts` makes of it the script that a deployment takes. */
import { defineFramework } from "@inlay/framework";
import { listen, tell } from "./page.ts";

type Answer = (result: { id: string | number } | undefined) => void;
/** Logs that the page has not answered yet, by interaction. */
const logs = new Map<string, Answer>();

defineFramework(
	{
		config: {
			name: "My CRM",
			// Region or host of your Inlay, and the id of the OAuth client to sign in with; without one the deployment's own is taken.
			clientIds: {},
			customInteractionAttributes: ["caseid"],
			settings: { enableCallLogs: true },
		},

		initialSetup() {
			window.PureCloud?.subscribe([
				{ type: "UserAction", categories: ["status"], callback: (_category, data) => tell("status", data) },
			]);
			listen({
				dial: ({ number }) => window.PureCloud?.clickToDial({ number: String(number), type: "call", autoPlace: true }),
				logSaved: ({ interactionId, id }) => answerLog(String(interactionId), { id: String(id) }),
				logFailed: ({ interactionId }) => answerLog(String(interactionId), undefined),
			});
			tell("ready");
		},

		screenPop(searchString, interaction) {
			tell("pop", { searchString, caseId: interaction.attributes?.caseid, interactionId: interaction.id });
		},

		processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
			logs.set(interaction.id, (saved) => (saved ? onSuccess(saved) : onFailure()));
			tell("saveLog", { callLog, interactionId: interaction.id, eventName });
		},

		openCallLog(callLog) {
			tell("openLog", { id: callLog.id });
		},
	},
	window,
);

function answerLog(interactionId: string, saved: { id: string } | undefined): void {
	logs.get(interactionId)?.(saved);
	logs.delete(interactionId);
}
