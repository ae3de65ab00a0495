/** What the views read of the store, and the small shapes they pass among themselves. */
import type { AnyRecord, Fields, RecordType } from "../types";

export type Store = import("../store.js").Store;

/** What is chosen: one or more records of one type. */
export interface Selection {
  type: RecordType;
  ids: string[];
}
export interface Draft {
  lane: string;
  step: string;
  after: string | null | undefined;
  /** Ties the card and all that is typed into it: one step of undo. */
  group: string;
}
/** The text that is being written in place. */
export interface Editing {
  type: RecordType;
  id: string;
  field: string;
  /** For a card that does not exist yet: where it will stand. */
  draft?: Draft;
}
export interface Toast {
  id: number;
  text: string;
  kind?: "info" | "error";
  action?: { label: string; run: () => void };
}
export interface MenuItem {
  label: string;
  icon?: string;
  keys?: string;
  danger?: boolean;
  checked?: boolean;
  separator?: boolean;
  colors?: boolean;
  run?: () => void;
}
export interface OpenMenu {
  x: number;
  y: number;
  type: RecordType;
  id: string;
}
export interface Command {
  id: string;
  label: string;
  /** As written in the help: "Mod+K", "Mod+Shift+ArrowUp". The first is shown. */
  keys?: string[];
  icon?: string;
  group: "Write" | "Move" | "Board" | "Map" | "View" | "Look up";
  when?: (editor: import("./state").Editor) => boolean;
  run: (editor: import("./state").Editor) => void;
  /** Not listed in the palette (it needs the thing in focus to make sense). */
  quiet?: boolean;
}
export type { AnyRecord, Fields };
