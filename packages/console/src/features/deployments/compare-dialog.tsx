import { Dialog, Select, Spinner } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import { t as shared } from "../../shell/strings.ts";
import type { DeploymentModel } from "./deployment-model.ts";
import { phrases } from "./editor/phrases.ts";
import { t } from "./strings.ts";

/** The side that stands for what is in the editor. */
const draft = "draft";
/** Below it, two columns leave too little of a line. */
const narrow = "(max-width: 700px)";

/** What differs between a version and what stands in the editor, or another version. */
export function CompareDialog({
	model,
	version,
	onClose,
}: {
	model: DeploymentModel;
	/** The older side at first. */
	version: number;
	onClose: () => void;
}) {
	const [before, setBefore] = useState(String(version));
	const [after, setAfter] = useState(draft);
	const versions = model.versions.value?.entities ?? [];
	const options = [
		{ value: draft, text: t("compareDraft") },
		...versions.map((one) => ({ value: String(one.version), text: t("uploadNumber", { version: one.version }) })),
	];
	return (
		<Dialog title={t("compareTitle")} closeLabel={shared("close")} onClose={onClose}>
			<div class="ui-stack compare">
				<div class="compare-sides">
					<Select label={t("compareBefore")} value={before} options={options} onChange={setBefore} />
					<Select label={t("compareAfter")} value={after} options={options} onChange={setAfter} />
				</div>
				<Comparison key={`${before} ${after}`} model={model} before={before} after={after} />
			</div>
		</Dialog>
	);
}

function Comparison({ model, before, after }: { model: DeploymentModel; before: string; after: string }) {
	const host = useRef<HTMLDivElement>(null);
	const [state, setState] = useState<"loading" | "same" | "shown" | "failed">("loading");
	useEffect(() => {
		let isHere = true;
		let end = () => {};
		const show = async () => {
			const [{ compare }, one, other] = await Promise.all([
				import("./editor/comparison.ts"),
				sourceOf(model, before),
				sourceOf(model, after),
			]);
			const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: "open" });
			if (!isHere || !root) return;
			setState(one === other ? "same" : "shown");
			if (one === other) return;
			const sides = [
				{ name: nameOf(before), source: one },
				{ name: nameOf(after), source: other },
			] as const;
			end = compare(root, ...sides, phrases(), matchMedia(narrow).matches);
		};
		show().catch(() => isHere && setState("failed"));
		return () => {
			isHere = false;
			end();
		};
	}, []);
	return (
		<>
			{state === "loading" && <Spinner label={shared("loading")} />}
			{state === "same" && <p role="status">{t("compareSame")}</p>}
			{state === "failed" && <p role="alert">{t("compareFailed")}</p>}
			<div ref={host} class="code-comparison" hidden={state !== "shown"} />
		</>
	);
}

function nameOf(side: string): string {
	return side === draft ? t("compareDraft") : t("uploadNumber", { version: Number(side) });
}

async function sourceOf(model: DeploymentModel, side: string): Promise<string> {
	return side === draft ? (model.draft.peek()?.frameworkJs ?? "") : model.releases.source(Number(side));
}
