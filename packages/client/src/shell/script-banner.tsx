import { Banner, Button } from "@inlay/ui";
import { scriptAway } from "./script-away.ts";
import { t } from "./script-trouble-strings.ts";
import { t as ofPanel } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** The panel goes on without its script. Calls live on the server: a reload takes them up again, and runs it once more. */
export function ScriptBanner({ workspace }: { workspace: Workspace }) {
	const why = scriptAway.value;
	if (!why) return null;
	return (
		<Banner
			tone="warn"
			icon="warning"
			urgent
			action={
				<Button size="small" data-run-script onClick={() => workspace.leaving.reload()}>
					{ofPanel("retry")}
				</Button>
			}
		>
			<span data-script-away>{t(why)}</span>
		</Banner>
	);
}
