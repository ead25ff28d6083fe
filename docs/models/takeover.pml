/* Links, epochs and take-over: a client behind a gateway sends MESSAGES, two writers over one database take them.
 *
 * Nothing is trusted but the database: both writers may think that they are the one, either may stop at any step and go
 * on later (interleaving), or crash. The carrier loses frames. Links number their frames, and break at a gap or whenever
 * an end likes (silence). An answer has no number: it answers the oldest request of its link.
 *
 *   spin -run -O2 -DSAFETY -DCOLLAPSE -E -n -m2000000 takeover.pml               no errors; a minute or two
 *   spin -DNO_FENCE -run -O2 -DSAFETY -DCOLLAPSE -E -n -m2000000 takeover.pml    red: a lower epoch commits after a higher
 *   spin -DNO_NUMBERS -run -O2 -DSAFETY -DCOLLAPSE -E -n -m2000000 takeover.pml  red: acknowledged out of order
 */
#define MESSAGES 2
#define WRITERS 2
#define CLAIMS 3
#define LINKS 3
#define LOSSES 1
#define IN_FLIGHT 2
#define MOST_IDS 8

byte epochNow, lastId;           /* the database: whose batches it takes, and the last id given */
byte lastEpoch;                  /* of the last batch it took */
byte stored[MESSAGES];           /* the id of a message; 0: not there */
bool isGiven[MOST_IDS];
byte claims, losses;

byte epochOf[WRITERS];           /* 0: not active */
byte linkNow, linkEpoch, linkTo; /* the gateway's link; 0: none */
byte links;

hidden byte ofLink, epoch, sequence, message, i;                 /* within one step only */

chan up[WRITERS] = [IN_FLIGHT] of { byte, byte, byte, byte };   /* link, epoch, sequence, message */
chan down = [IN_FLIGHT] of { byte, byte };                      /* link, sequence */

#ifdef NO_NUMBERS
#define FOLLOWS(sequence, heard) true
#else
#define FOLLOWS(sequence, heard) (sequence == heard + 1)
#endif

#ifdef NO_FENCE
#define MAY_COMMIT(epoch) true
#else
#define MAY_COMMIT(epoch) (epoch == epochNow)
#endif

proctype Writer(byte me)
{
    byte last, bound, heard, said, size, owed;
    byte batch[IN_FLIGHT];
    do
    :: atomic { claims < CLAIMS ->          /* becomes the writer: in one transaction */
            claims++; epochNow++; epochOf[me] = epochNow; last = lastId;
            bound = 0; heard = 0; said = 0; size = 0; owed = 0 }

    :: atomic { epochOf[me] != 0 && claims > 0 -> epochOf[me] = 0; bound = 0; size = 0; owed = 0 } /* crashes */

    :: atomic { epochOf[me] != 0 && size < IN_FLIGHT && nempty(up[me]) ->
            up[me] ? ofLink, epoch, sequence, message;
            if
            :: epoch != epochOf[me] || ofLink < bound -> skip                  /* of another link */
            :: else ->
                if
                :: ofLink > bound -> bound = ofLink; heard = 0; said = 0; size = 0; owed = 0
                :: else -> skip
                fi;
                if
                :: FOLLOWS(sequence, heard) -> heard++; batch[size] = message; size++
                :: else -> bound = LINKS + 1; size = 0; owed = 0             /* broken */
                fi
            fi }

    :: atomic { epochOf[me] != 0 && size > 0 && owed == 0 ->                 /* commits */
            if
            :: MAY_COMMIT(epochOf[me]) ->
                assert(epochOf[me] >= lastEpoch);
                lastEpoch = epochOf[me]; i = 0;
                do
                :: i < size ->
                    if
                    :: stored[batch[i]] == 0 ->
                        last++;
                        assert(!isGiven[last]);
                        isGiven[last] = true; stored[batch[i]] = last; lastId = last
                    :: else -> skip                                          /* a resent one */
                    fi;
                    i++
                :: else -> break
                od;
                owed = size
            :: else -> epochOf[me] = 0; bound = 0; owed = 0
            fi;
            size = 0 }

    :: atomic { epochOf[me] != 0 && owed > 0 && nfull(down) ->
            said++; owed--; down ! bound, said }

    :: atomic { claims == CLAIMS && epochOf[me] == 0 -> break }
    od
}

proctype Gateway()
{
    byte acknowledged, sent, said, heard, highest;
    do
    :: atomic { linkNow == 0 && links < LINKS && acknowledged < MESSAGES ->   /* opens a link to who claims to be it */
            if
            :: epochOf[0] != 0 && epochOf[0] >= highest -> linkTo = 0
            :: epochOf[1] != 0 && epochOf[1] >= highest -> linkTo = 1
            fi;
            links++; linkNow = links; linkEpoch = epochOf[linkTo]; highest = linkEpoch;
            sent = acknowledged; said = 0; heard = 0 }                        /* clients send again by client id */

    :: atomic { linkNow != 0 && sent < MESSAGES && sent - acknowledged < IN_FLIGHT && nfull(up[linkTo]) ->
            said++; up[linkTo] ! linkNow, linkEpoch, said, sent; sent++ }

    :: atomic { nempty(down) ->
            down ? ofLink, sequence;
            if
            :: ofLink != linkNow -> skip
            :: ofLink == linkNow && FOLLOWS(sequence, heard) && sent > acknowledged ->
                heard++;
                assert(stored[acknowledged] != 0);
                assert(acknowledged == 0 || stored[acknowledged] > stored[acknowledged - 1]);
                acknowledged++
            :: else -> linkNow = 0
            fi }

    :: atomic { linkNow != 0 -> linkNow = 0 }                                 /* silence */

    :: atomic { acknowledged == MESSAGES -> break }
    :: atomic { linkNow == 0 && links == LINKS && empty(down) -> break }
    :: atomic { linkNow == 0 && claims == CLAIMS && epochOf[0] == 0 && epochOf[1] == 0 -> break }
    od
}

proctype Carrier()
{
    do
    :: atomic { losses < LOSSES && nempty(up[0]) -> up[0] ? ofLink, epoch, sequence, message; losses++ }
    :: atomic { losses < LOSSES && nempty(up[1]) -> up[1] ? ofLink, epoch, sequence, message; losses++ }
    :: atomic { losses < LOSSES && nempty(down) -> down ? ofLink, sequence; losses++ }
    :: break
    od
}

init { atomic { run Writer(0); run Writer(1); run Gateway(); run Carrier() } }
