import { Button } from "@inlay/ui";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** The connection that stays open between calls, where the station is set so, and the way to end it (framework-contract 13). */
export function KeptConnection({ workspace: { phone } }: { workspace: Workspace }) {
	if (!phone.isKept.value) return null;
	return (
		<div class="ui-stack" data-kept-connection>
			<p class="ui-hint">{t("kept")}</p>
			<Button size="small" onClick={() => phone.endKept()}>
				{t("keptEnd")}
			</Button>
		</div>
	);
}
