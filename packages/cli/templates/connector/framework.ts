/** Joins the panel to a CRM by its API. `inlay build framework.ts` makes of it the script that a deployment takes. */
import { defineFramework } from "@inlay/framework";
import { restCrm } from "./rest-crm.ts";

const crm = restCrm("https://crm.example.com");

defineFramework(
	{
		config: {
			name: "My CRM",
			// Region or host of your Inlay, and the id of the OAuth client to sign in with; without one the deployment's own is taken.
			clientIds: {},
			customInteractionAttributes: ["caseid"],
			settings: { enableCallLogs: true, searchTargets: ["people", "queues", "frameworkContacts"] },
		},

		async screenPop(searchString, interaction) {
			const address = await crm.recordOf(searchString, interaction.attributes?.caseid);
			window.open(address, "crm-record");
		},

		async processCallLog(callLog, interaction, _eventName, onSuccess, onFailure) {
			try {
				onSuccess({ id: await crm.saveLog(callLog, interaction) });
			} catch (error) {
				console.error("The log was not saved", error);
				onFailure();
			}
		},

		openCallLog(callLog) {
			window.open(crm.addressOfLog(String(callLog.id)), "crm-record");
		},

		async contactSearch(searchValue, onSuccess, onFailure) {
			try {
				const found = await crm.find(searchValue);
				onSuccess(
					found.map(({ name, phone }) => ({
						type: "external",
						name,
						phone: [{ number: phone, label: "" }],
						attributes: {},
					})),
				);
			} catch (error) {
				console.error("The CRM was not searched", error);
				onFailure([]);
			}
		},
	},
	window,
);
