//! PostgreSQL throws back one of two writes that met. Whoever was thrown back is not thrown back for as long as others
//! come.

use super::*;

/// Reads a row, and before it writes what it read somebody new changes that row, if anybody may.
struct Slow(Db);

const OTHER: &str = "UPDATE unit SET phone = phone || 'o'";

impl Command for Slow {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (phone,): (String,) = tx.one("SELECT phone FROM unit", vec![]).await?;
        let Db::Postgres { turn, .. } = &self.0 else { panic!("it is PostgreSQL") };
        let db = self.0.clone();
        let other = tokio::spawn(async move { db.write(Raw(OTHER)).await });
        while !other.is_finished() && turn.room.try_read().is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tx.later("UPDATE unit SET phone = $1", crate::args![phone + "s"]).await
    }
}

#[tokio::test]
async fn f16_a_write_that_somebody_new_runs_into_each_time_has_its_turn() {
    let Some(portal) = Portal::postgres().await else { return };
    portal.unit("lyngmo").await;
    let db = &portal.ctx.db;
    db.write(Raw("UPDATE unit SET phone = ''")).await.unwrap();
    db.write(Slow(db.clone())).await.expect("it is thrown back twice, and then it is alone");
    let mut phone = String::new();
    // Whoever waited comes after it.
    while phone.len() < 4 {
        phone = db.one::<(String,)>("SELECT phone FROM unit", vec![]).await.unwrap().0;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(phone, "ooso");
}
