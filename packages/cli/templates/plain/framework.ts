/** What the panel does in our CRM. `inlay build framework.ts` makes of it the script that a deployment takes. */
import { defineFramework, type Interaction } from "@inlay/framework";

/** Where the CRM is; its API has to allow the panel's origin (CORS). */
const crm = "https://crm.example.com";

defineFramework(
	{
		config: {
			name: "My CRM",
			// Region or host of your Inlay, and the id of the OAuth client to sign in with; without one the deployment's own is taken.
			clientIds: {},
			customInteractionAttributes: ["caseid"],
			settings: { enableCallLogs: true },
		},

		screenPop(searchString, interaction) {
			window.open(recordOf(searchString, interaction), "crm-record");
		},

		async processCallLog(callLog, interaction, _eventName, onSuccess, onFailure) {
			try {
				const answer = await fetch(`${crm}/api/calls`, {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({ ...callLog, interaction: interaction.id }),
				});
				if (!answer.ok) throw new Error(`The CRM answers ${answer.status}.`);
				const { id } = await answer.json();
				onSuccess({ id });
			} catch (error) {
				console.error("The log was not saved", error);
				onFailure();
			}
		},

		openCallLog(callLog) {
			window.open(`${crm}/calls/${encodeURIComponent(String(callLog.id))}`, "crm-record");
		},
	},
	window,
);

/** The case that the call is about, if it says so; else whoever has this number or address. */
function recordOf(searchString: string, { attributes }: Interaction): string {
	const caseId = attributes?.caseid;
	if (caseId) return `${crm}/cases/${encodeURIComponent(caseId)}`;
	return `${crm}/contacts?search=${encodeURIComponent(searchString)}`;
}
