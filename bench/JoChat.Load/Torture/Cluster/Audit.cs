namespace JoChat.Load.Torture;

/// <summary>Notes in PostgreSQL which epochs were claimed and which batches committed, in their order: by <c>put</c> itself, whose
/// other work stays as it is. Without fencing it also takes what is refused.</summary>
internal static class Audit
{
    private const string Noting = """
        CREATE SCHEMA torture;
        CREATE TABLE torture.audit (at bigserial PRIMARY KEY, epoch bigint NOT NULL, is_claim boolean NOT NULL);
        GRANT USAGE ON SCHEMA torture TO PUBLIC;
        GRANT INSERT ON torture.audit TO PUBLIC;
        GRANT USAGE ON SEQUENCE torture.audit_at_seq TO PUBLIC;
        CREATE PROCEDURE torture.change_put(old text, new text) LANGUAGE plpgsql AS $$
        DECLARE
            before text := pg_get_functiondef('public.put'::regproc);
        BEGIN
            IF position(old IN before) = 0 THEN RAISE EXCEPTION 'put has no %', old; END IF;
            EXECUTE replace(before, old, new);
        END $$;
        CALL torture.change_put('IF client_id_count > 0 THEN',
            'INSERT INTO torture.audit (epoch, is_claim) VALUES (in_epoch, false); IF client_id_count > 0 THEN');
        CREATE FUNCTION torture.note_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO torture.audit (epoch, is_claim) VALUES (NEW.epoch, true);
            RETURN NULL;
        END $$;
        CREATE TRIGGER claimed AFTER UPDATE OF epoch ON public.writer FOR EACH ROW EXECUTE FUNCTION torture.note_claim()
        """;

    // The three looks at whether somebody else writes. PostgreSQL finds these instead of its own if public comes first.
    private const string Unfencing = """
        CALL torture.change_put(' AND epoch = in_epoch', '');
        CREATE FUNCTION public.pg_terminate_backend(integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        CREATE VIEW public.pg_stat_activity AS SELECT * FROM pg_catalog.pg_stat_activity WHERE false;
        GRANT SELECT ON public.pg_stat_activity TO PUBLIC
        """;

    private const string Judging = """
        SELECT count(*) FILTER (WHERE NOT is_claim), count(*) FILTER (WHERE epoch < before) FROM (
            SELECT epoch, is_claim, max(epoch) OVER (ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM torture.audit) AS batches
        """;

    /// <summary>Begins, on a database that has its tables.</summary>
    public static void Install(PostgresUnderTorture postgres, bool isFenced)
    {
        postgres.Execute(Noting);
        if (!isFenced) { postgres.Execute(Unfencing); }
    }

    /// <summary>How many batches there were, and how many of them and of the claims were of a lower epoch than one before.</summary>
    public static (int Batches, int Lower) Judge(PostgresUnderTorture postgres)
    {
        var counts = postgres.Execute(Judging).Split('|');
        return (int.Parse(counts[0]), int.Parse(counts[1]));
    }
}
