import type { Integration } from "../../session/wire.ts";
import { t } from "./strings.ts";

/** What the server reports as wrong with a deployment: in our words where we know the code, else in its own. */
export function reportedProblem({ reportedState }: Integration): string | undefined {
	if (reportedState.code !== "ERROR") return undefined;
	const { localizableMessageCode, message } = reportedState.detail ?? {};
	return localizableMessageCode === "deployment.without.script" ? t("noScript") : (message ?? reportedState.code);
}
