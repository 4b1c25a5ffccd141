import { Banner, Button } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { t as shell } from "../strings.ts";
import type { Workspace } from "../workspace.ts";
import { isInUse, watchUse } from "./in-use.ts";
import { loadWhenQuiet } from "./load-when-quiet.ts";
import { t } from "./strings.ts";

/** The administrator has changed the script: the agent is told, and the panel loads itself anew when nothing is in hand. */
export function OtherScript({ workspace }: { workspace: Workspace }) {
	useEffect(() => {
		const use = watchUse(window);
		const stop = loadWhenQuiet({
			clock: workspace.session.clock,
			isInUse: () => isInUse(workspace, document),
			lastUseAt: use.lastAt,
			random: Math.random,
			load: () => workspace.leaving.reload(),
		});
		return () => {
			stop();
			use.stop();
		};
	}, [workspace]);
	return (
		<Banner
			tone="info"
			icon="refresh"
			action={
				<Button size="small" data-load-script onClick={() => workspace.leaving.reload()}>
					{shell("reload")}
				</Button>
			}
		>
			<span data-other-script>{t("told")}</span>
		</Banner>
	);
}
