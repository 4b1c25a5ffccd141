import { Button, IconButton, Select, TextArea, TextField } from "@inlay/ui";
import { useId, useMemo, useRef, useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { sizeText } from "../../shell/size-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { textareaPlace } from "../canned-responses/place.ts";
import { ResponseAid } from "../canned-responses/response-aid.tsx";
import { SendGate } from "../canned-responses/send-gate.ts";
import type { ComposerModel } from "./composer-model.ts";
import { type DraftKind, isToSelf, type MailDraft, readAddresses } from "./mail.ts";
import { NotAttached } from "./not-attached.tsx";
import { t } from "./strings.ts";

interface ComposerProps {
	workspace: Workspace;
	call: LiveInteraction;
	model: ComposerModel;
}

/** What is answered, to whom, and with which files. */
export function Composer({ workspace, call, model }: ComposerProps) {
	const id = useId();
	const editor = useRef<HTMLTextAreaElement>(null);
	const gate = useMemo(() => new SendGate(), []);
	const place = useMemo(
		() =>
			textareaPlace(
				editor,
				(written) => model.write("text", written),
				(response) => void model.bring(response),
			),
		[model],
	);
	const fields = model.fields.value;
	const draft = model.draft.value;
	const isBusy = workspace.busy.value.has(model.busyKey);
	const [isOpen, open] = useState(false);
	useAgainWhenBack(workspace, model.why.value, () => model.again());
	if (model.state.value === "failed") return <NotLoaded text={t("draftFailed")} load={() => model.load()} />;
	if (!fields || !draft) return null;
	const hasMore = isOpen || fields.cc !== "" || fields.bcc !== "";
	const field = (name: "to" | "cc" | "bcc" | "subject") => (
		<TextField
			label={t(name)}
			name={`mail-${name}`}
			value={fields[name]}
			onInput={(text) => model.write(name, text)}
			onBlur={() => void model.keep()}
		/>
	);
	return (
		<form
			class="mail-composer ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				if (model.asksForFiles()) return;
				if (!gate.holds(fields.text, () => void model.send())) void model.send();
			}}
		>
			{draft.kind !== "New" && (
				<Select
					label={t("kind")}
					name="mail-kind"
					value={draft.kind}
					options={(["Reply", "ReplyAll", "Forward"] as const).map((kind) => ({
						value: kind,
						text: t(`kind_${kind}`),
					}))}
					onChange={(kind) => void model.choose(kind as DraftKind)}
				/>
			)}
			{field("to")}
			{isToSelf(draft.from?.email, [fields.to, fields.cc, fields.bcc].flatMap(readAddresses)) && (
				<p class="ui-hint" role="status" data-to-self>
					{t("toSelf", { address: draft.from?.email ?? "" })}
				</p>
			)}
			{hasMore ? (
				<>
					{field("cc")}
					{field("bcc")}
				</>
			) : (
				<Button size="small" data-more-recipients onClick={() => open(true)}>
					{t("more")}
				</Button>
			)}
			{field("subject")}
			<label class="ui-hidden" for={id}>
				{t("write")}
			</label>
			<textarea
				ref={editor}
				id={id}
				class="ui-input"
				name="mail"
				rows={7}
				dir="auto"
				placeholder={t("write")}
				value={fields.text}
				readOnly={isBusy}
				onInput={(event) => model.write("text", event.currentTarget.value)}
				onBlur={() => void model.keep()}
			/>
			<NotAttached model={model} />
			<ResponseAid {...{ workspace, call, place, gate }} medium="email" text={fields.text} />
			{(draft.signature || fields.signature || draft.isSignatureChanged) && (
				<TextArea
					label={t("signature")}
					name="mail-signature"
					rows={2}
					value={fields.signature}
					disabled={draft.isSignatureFixed === true}
					{...(draft.isSignatureFixed ? { hint: t("signatureFixed") } : {})}
					onInput={(text) => model.write("signature", text)}
					onBlur={() => void model.keep()}
				/>
			)}
			<Files {...{ workspace, model, draft }} />
			<Stale model={model} />
			{model.refused.value && (
				<p class="ui-error" role="alert" data-refused>
					{model.refused.value}
				</p>
			)}
			<div class="ui-row">
				<span class="ui-hint ui-grow" aria-live="polite" data-draft-state={model.state.value}>
					{stateText(model)}
				</span>
				<Button
					kind="primary"
					type="submit"
					size="small"
					busy={isBusy}
					disabled={fields.to.trim() === "" || (fields.text.trim() === "" && draft.attachments.length === 0)}
					data-send-mail
				>
					{t("send")}
				</Button>
			</div>
		</form>
	);
}

function stateText(model: ComposerModel): string {
	const state = model.state.value;
	if (state === "kept") return (model.draft.value?.version ?? 0) > 0 ? t("kept") : "";
	if (state === "unkept") return t("unkept");
	return state === "stale" || state === "loading" ? "" : t("keeping");
}

/** The draft was changed elsewhere meanwhile: the agent decides whose stays. */
function Stale({ model }: { model: ComposerModel }) {
	if (model.state.value !== "stale") return null;
	return (
		<div class="ui-stack" role="alert" data-stale>
			<p>{t("stale")}</p>
			<div class="ui-row">
				<Button size="small" data-take-theirs onClick={() => void model.takeTheirs()}>
					{t("takeTheirs")}
				</Button>
				<Button size="small" data-keep-mine onClick={() => void model.keepMine()}>
					{t("keepMine")}
				</Button>
			</div>
		</div>
	);
}

function Files({ workspace, model, draft }: { workspace: Workspace; model: ComposerModel; draft: MailDraft }) {
	const picker = useRef<HTMLInputElement>(null);
	return (
		<div class="mail-files">
			{draft.attachments.length > 0 && (
				<ul class="mail-file-list" aria-label={t("files")}>
					{draft.attachments.map(({ attachmentId, name, contentLength }) => (
						<li key={attachmentId} class="ui-row">
							<bdi class="ui-grow ui-clip">{name}</bdi>
							<span class="ui-hint">{sizeText(contentLength)}</span>
							<IconButton icon="close" label={t("detach", { name })} onClick={() => void model.detach(attachmentId)} />
						</li>
					))}
				</ul>
			)}
			<input
				ref={picker}
				class="ui-hidden"
				type="file"
				multiple
				tabIndex={-1}
				aria-hidden="true"
				data-mail-files
				onChange={(event) => {
					const input = event.currentTarget;
					const files = [...(input.files ?? [])];
					input.value = "";
					void model.attach(files);
				}}
			/>
			<Button
				size="small"
				icon="plus"
				busy={workspace.busy.value.has(model.busyKey)}
				onClick={() => picker.current?.click()}
			>
				{t("attach")}
			</Button>
		</div>
	);
}
