import { catalogue, textOf } from "@inlay/ui";

export const t = textOf(
	catalogue("signInWindow", {
		done: "You are signed in. You can close this window.",
	}),
);
