interface Meta {
  notes?: readonly string[];
  fields_not_visible?: readonly string[];
  record_url?: string;
}

/** `meta` of a result, without what there is nothing to say about. */
export function metaOf({ notes = [], fields_not_visible = [], record_url }: Meta) {
  const meta = {
    ...(notes.length === 0 ? {} : { notes: [...notes] }),
    ...(fields_not_visible.length === 0 ? {} : { fields_not_visible: [...fields_not_visible] }),
    ...(record_url === undefined ? {} : { record_url }),
  };
  return Object.keys(meta).length === 0 ? {} : { meta };
}
