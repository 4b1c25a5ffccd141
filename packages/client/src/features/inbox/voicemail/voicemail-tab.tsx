import { Banner, Button, Checkbox, EmptyState, Select, Spinner, TextField } from "@inlay/ui";
import { useAgainWhenBack } from "../../../shell/again-when-back.ts";
import { NotLoaded } from "../../../shell/not-loaded.tsx";
import { useModel } from "../../../shell/use-model.ts";
import type { Workspace } from "../../../shell/workspace.ts";
import { inboxOf } from "../inbox.ts";
import { t } from "../strings.ts";
import { Greeting } from "./greeting.tsx";
import { MessageRow, nameOf } from "./message-row.tsx";
import { VoicemailModel } from "./model.ts";

/** Voicemail of one's own and of one's groups: heard, called back, forwarded, seen to, deleted. */
export function VoicemailTab({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new VoicemailModel(workspace));
	const deleted = model.deleted.value;
	return (
		<div class="ui-stack">
			{deleted && (
				<Banner tone="info">
					<div class="ui-row">
						<span class="ui-grow">{t("deleted", { name: nameOf(deleted, workspace) })}</span>
						<Button
							size="small"
							data-voicemail-undo
							onClick={() => void workspace.attempt(`voicemail.${deleted.id}`, () => model.undo())}
						>
							{t("undo")}
						</Button>
					</div>
				</Banner>
			)}
			<Which model={model} workspace={workspace} />
			<List model={model} workspace={workspace} />
			<Greeting workspace={workspace} />
		</div>
	);
}

/** Which messages are shown: of one mailbox, by what they say, not heard yet. */
function Which({ model, workspace }: { model: VoicemailModel; workspace: Workspace }) {
	const mailboxes = inboxOf(workspace).mailboxes.value;
	if (model.list.value.length === 0 && !model.isFiltered && mailboxes.length < 2) return null;
	const named = mailboxes.map(({ type, id, name = "", unread }) => ({
		value: type === "user" ? type : `${type}:${id}`,
		text: `${type === "user" ? t("mine") : t(type, { name })}${unread > 0 ? ` (${unread})` : ""}`,
	}));
	return (
		<div class="ui-stack">
			{mailboxes.length > 1 && (
				<Select
					label={t("which")}
					value={model.mailbox.value}
					options={[{ value: "", text: t("all") }, ...named]}
					onChange={(mailbox) => model.find({ mailbox })}
				/>
			)}
			<TextField
				label={t("find")}
				type="search"
				name="voicemail-find"
				value={model.text.value}
				onInput={(text) => model.find({ text })}
			/>
			<Checkbox label={t("unread")} checked={model.unread.value} onChange={(unread) => model.find({ unread })} />
		</div>
	);
}

function List({ model, workspace }: { model: VoicemailModel; workspace: Workspace }) {
	const [list, state] = [model.list.value, model.state.value];
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	if (state === "failed") return <NotLoaded text={t("failed")} load={() => model.load()} />;
	if (list.length === 0 && state === "loading") return <Spinner label={t("loading")} />;
	if (list.length === 0 && model.isFiltered) return <p class="ui-hint">{t("nothing")}</p>;
	if (list.length === 0)
		return (
			<EmptyState icon="inbox" title={t("empty")}>
				<p>{t("emptyText")}</p>
			</EmptyState>
		);
	return (
		<>
			<ul class="voicemails">
				{list.map((message) => (
					<MessageRow key={message.id} {...{ message, model, workspace }} />
				))}
			</ul>
			{model.more.value && <Button onClick={() => void model.load(true)}>{t("more")}</Button>}
		</>
	);
}
