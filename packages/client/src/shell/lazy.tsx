import { IconButton, Spinner } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { FeatureModule, Loadable } from "./feature.ts";
import { checkFreshness, outdated } from "./freshness.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** Loads a feature's code when it is first shown; a failed load can be tried again. */
export function Lazy({ feature, workspace, quiet }: { feature: Loadable; workspace: Workspace; quiet?: boolean }) {
	const [View, setView] = useState<FeatureModule["View"]>();
	const [failed, setFailed] = useState(false);
	const load = () => {
		setFailed(false);
		feature.load().then(
			(module) => setView(() => module.View),
			() => {
				setFailed(true);
				void checkFreshness();
			},
		);
	};
	useEffect(load, [feature.load]);
	if (View) return <View workspace={workspace} />;
	// The banner says what to do; trying again would be in vain.
	if (failed && outdated.value) return null;
	if (failed) {
		return (
			<div class="view-failed" role="alert">
				<span>{t("featureFailed")}</span>
				<IconButton icon="refresh" label={t("retry")} onClick={load} />
			</div>
		);
	}
	return quiet ? null : (
		<div class="view-loading">
			<Spinner label={t("loading")} />
		</div>
	);
}
