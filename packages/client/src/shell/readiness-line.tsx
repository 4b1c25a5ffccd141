import { Button } from "@inlay/ui";
import { t } from "../phone/strings.ts";
import type { Workspace } from "./workspace.ts";

/** In one line whether the next call can ring here; where something stands in the way, what to do. */
export function ReadinessLine({ workspace }: { workspace: Workspace }) {
	const { phone } = workspace;
	const readiness = phone.readiness.value;
	const tone = readiness === "ready" || readiness === "readyOffQueue" ? "good" : "warn";
	return (
		<p class="readiness" role="status" data-readiness={readiness} data-tone={tone}>
			{t(readiness)}{" "}
			{readiness === "unasked" && (
				<Button size="small" onClick={() => void phone.allowMicrophone()}>
					{t("allowNow")}
				</Button>
			)}
		</p>
	);
}
