//! What stands at a calendar's address: her own appointments, and those on which she comes along; never a lawyer's.

use super::{joined::asked, *};
use crate::{
    testing::NOON,
    visits::booking::joining::{Answered, answer, open},
};

pub const AS_LAWYER: &str = "UPDATE booking SET kind = 'lawyer' WHERE public_id = $1";

#[tokio::test]
async fn an_address_shows_what_is_hers_for_a_year() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        assert_eq!(feed(&s.ctx, &ruth).await.unwrap(), None);
        let key: super::super::joining::FormKey = s.ctx.chance.public();
        for _ in 0..2 {
            open_feed(&s.ctx, &ruth, key.clone()).await.unwrap();
        }
        let hers = feed(&s.ctx, &ruth).await.unwrap().expect("an address");
        assert_eq!(hers.until, NOON.plus_days(365));
        let shown = async || appointments(&s.ctx, hers.secret.as_str()).await.unwrap();
        assert_eq!(shown().await, Some(vec![]));

        let booking = booked(&s, &maja, SATURDAY, 0).await;
        assert_eq!(shown().await, Some(vec![]), "another's is not there");
        let (_, code) = asked(&s, &maja, &booking).await;
        let own = open(&s.ctx, &ruth, &code.shown()).await.unwrap().unwrap();
        assert_eq!(shown().await, Some(vec![]), "not before the yes");
        assert_eq!(answer(&s.ctx, &ruth, own, true).await.unwrap(), Some(Answered::Done));
        let one = shown().await.unwrap();
        assert_eq!((one.len(), one[0].cancelled), (1, false));
        let version = visit(&s.ctx, &maja, &booking).await.unwrap().unwrap().version;
        let target = Target { public: booking.clone(), version };
        cancel(&s.ctx, &maja, target).await.unwrap().unwrap().unwrap();
        assert!(shown().await.unwrap()[0].cancelled);

        // Her own; and as a lawyer's it would tell whose client he is.
        let booking = booked(&s, &ruth, SATURDAY, 0).await;
        assert_eq!(shown().await.unwrap().len(), 2);
        s.run(AS_LAWYER, args![&booking]).await;
        assert_eq!(shown().await.unwrap().len(), 1);

        s.ctx.clock.set(NOON.plus_days(365));
        assert_eq!((shown().await, feed(&s.ctx, &ruth).await.unwrap()), (None, None));
        open_feed(&s.ctx, &ruth, s.ctx.chance.public()).await.unwrap();
        assert_eq!(shown().await, None, "made anew it is another one");
        assert!(feed(&s.ctx, &ruth).await.unwrap().is_some());
        for _ in 0..2 {
            close_feed(&s.ctx, &ruth).await.unwrap();
        }
        assert_eq!(feed(&s.ctx, &ruth).await.unwrap(), None);
        s.ctx.clock.set(NOON);
    })
    .await;
}
