import { IconButton, Spinner } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useOnceBack } from "./again-when-back.ts";
import type { Loadable } from "./feature.ts";
import { checkFreshness, outdated } from "./freshness.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** Loads a feature's code when it is first shown; a failed load can be tried again. */
export function Lazy({ feature, workspace, quiet }: { feature: Loadable; workspace: Workspace; quiet?: boolean }) {
	const [View, orWhy] = useLoaded(() => feature.load().then(({ View }) => View), feature.load, workspace);
	if (View) return <View workspace={workspace} />;
	if (orWhy || quiet) return orWhy ?? null;
	return (
		<div class="view-loading">
			<Spinner label={t("loading")} />
		</div>
	);
}

/** What is loaded, else what to show where it could not be. */
export function useLoaded<View>(
	load: () => Promise<View>,
	of: unknown,
	workspace: Workspace,
): [View | undefined, ComponentChildren] {
	const [view, setView] = useState<View>();
	const [failed, setFailed] = useState(false);
	const begin = (isAgain: boolean) => {
		setFailed(false);
		load().then(
			(loaded) => setView(() => loaded),
			async () => {
				setFailed(true);
				// Some browsers keep the failure for as long as the page lives; the server's calls do not end with it.
				if ((await checkFreshness()) && isAgain && !outdated.value) workspace.leaving.reload();
			},
		);
	};
	useEffect(() => begin(false), [of]);
	useOnceBack(workspace, failed && !outdated.value, () => begin(false));
	// Where there is a new version, its banner says what to do; trying again would be in vain.
	if (!failed || outdated.value) return [view, undefined];
	return [
		view,
		<div class="view-failed" role="alert">
			<span>{t("featureFailed")}</span>
			<IconButton icon="refresh" label={t("retry")} onClick={() => begin(true)} />
		</div>,
	];
}
