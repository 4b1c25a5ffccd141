import { catalogue, textOf } from "@inlay/ui";

export const t = textOf(
	catalogue("testCrm", {
		title: "Test CRM",
		lead: "A page as a CRM has it, with the panel beside it. What the script tells its page is shown here; calls and messages in the panel are real.",
		panel: "Agent panel",
		number: "Phone number",
		dial: "Dial, as a click in the CRM does",
		raw: "Message to the panel, in JSON",
		rawProblem: "Enter an object in JSON, such as the one that stands there in grey.",
		send: "Send",
		messages: "Messages",
		none: "None yet. Sign in to the panel, and let something happen.",
		clear: "Clear",
		page: "This page",
	}),
);
