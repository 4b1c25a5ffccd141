import { Banner, Button } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { useLack } from "../../shell/rights.tsx";
import type { DeploymentModel } from "./deployment-model.ts";
import { readScriptFile } from "./script-file.ts";
import { t } from "./strings.ts";

/** Puts a file into the editor, unsaved. Resolves to why it could not be. */
async function take(model: DeploymentModel, file: File): Promise<string | undefined> {
	const read = await readScriptFile(file);
	if ("problem" in read) return t(read.problem, { file: file.name });
	model.change({ frameworkJs: read.text });
	tell(t("uploadDone", { file: file.name }), "info");
	return undefined;
}

/** A button that opens a file. */
export function ScriptUpload({ model }: { model: DeploymentModel }) {
	const input = useRef<HTMLInputElement>(null);
	const [problem, setProblem] = useState<string | undefined>(undefined);
	const id = useId();
	const read = async (file: File | undefined) => {
		if (!file) return;
		setProblem(await take(model, file));
		if (input.current) input.current.value = "";
	};
	return (
		<>
			<input
				id={id}
				ref={input}
				type="file"
				class="ui-hidden"
				accept=".js,.mjs,.cjs,.txt,text/javascript,application/javascript"
				tabIndex={-1}
				aria-label={t("upload")}
				onChange={(event) => void read(event.currentTarget.files?.[0])}
			/>
			<Button icon="open" onClick={() => input.current?.click()}>
				{t("upload")}
			</Button>
			<Problem text={problem} />
		</>
	);
}

/** A file that is dropped here is opened. */
export function ScriptDrop({ model, children }: { model: DeploymentModel; children: ComponentChildren }) {
	const [isOver, setOver] = useState(false);
	const [problem, setProblem] = useState<string | undefined>(undefined);
	const lack = useLack(needs.editDeployment);
	const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
	const drop = async (event: DragEvent) => {
		if (!hasFile(event)) return;
		event.preventDefault();
		event.stopPropagation();
		setOver(false);
		if (lack) return;
		const files = [...(event.dataTransfer?.files ?? [])];
		const [file] = files;
		setProblem(files.length === 1 && file ? await take(model, file) : t("uploadOne"));
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the button does the same by keyboard.
		<div
			class="script-drop"
			data-over={isOver ? "" : undefined}
			onDragOverCapture={(event) => {
				if (!hasFile(event)) return;
				event.preventDefault();
				setOver(lack === undefined);
			}}
			onDragLeave={(event) => {
				if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
			}}
			onDropCapture={(event) => void drop(event)}
		>
			{children}
			<Problem text={problem} />
		</div>
	);
}

function Problem({ text }: { text: string | undefined }) {
	if (text === undefined) return null;
	return (
		<Banner tone="bad" urgent>
			{text}
		</Banner>
	);
}
